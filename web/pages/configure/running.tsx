import { Field, Switch } from '@fluentui/react-components'
import { useSentences } from '../../i18n/use-sentences.tsx'
import type { Test } from './form.ts'
import { TestCard } from './test-card.tsx'

interface Props {
  isPaused: boolean
  onPause(isPaused: boolean): void
  test: Test
  onTest(): void
}

/** What only a configuration that is already saved can do: pause, and send a test card. */
export function Running({ isPaused, onPause, test, onTest }: Props) {
  const { form } = useSentences()
  return (
    <>
      <Field hint={form.pauseHint}>
        <Switch label={form.pause} checked={isPaused} onChange={(_, { checked }) => onPause(checked)} />
      </Field>
      <TestCard test={test} onSend={onTest} />
    </>
  )
}
