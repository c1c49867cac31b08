import { Field, Input, makeStyles, Title3, tokens } from '@fluentui/react-components'
import { lazy, Suspense } from 'react'
import { useSentences } from '../../i18n/use-sentences.tsx'
import { choiceFieldsOf } from './choice-fields.ts'
import { Conditions } from './conditions.tsx'
import { type Draft, withSource } from './draft.ts'
import { EventPicker } from './event-picker.tsx'
import { Notes } from './notes.tsx'
import { SaveLine } from './save-line.tsx'
import type { Form } from './session.ts'
import { SourcePicker } from './source-picker.tsx'
import { Trouble } from './trouble.tsx'

// Fetched by the channels that need them: the page must be usable soon, and most sources ask nothing.
const Choices = lazy(async () => ({ default: (await import('./choices.tsx')).Choices }))
const Running = lazy(async () => ({ default: (await import('./running.tsx')).Running }))

interface Props {
  form: Form
  channel: string | undefined
  onChange(update: (draft: Draft) => Draft): void
  onReload(): void
  onTest(): void
}

/** The form, top to bottom as people decide: what to call it, whom to listen to, which events, and when. */
export function ConfigurationForm({ form, channel, onChange, onReload, onTest }: Props) {
  const styles = useStyles()
  const sentences = useSentences().form
  const { draft, source, saved } = form
  const choiceFields = source === undefined ? [] : choiceFieldsOf(source.choices)
  const change = (part: Partial<Draft>) => onChange((before) => ({ ...before, ...part }))
  return (
    <main className={styles.page} aria-busy={form.phase === 'saving'}>
      <Title3 as="h1" className={styles.title}>
        {saved === undefined ? sentences.titleNew(channel) : sentences.titleEdit(channel)}
      </Title3>
      <Notes notes={form.notes} />
      {form.trouble !== undefined && <Trouble failure={form.trouble} onReload={onReload} />}
      <fieldset className={styles.fields} disabled={form.phase === 'saving'}>
        <Field label={sentences.name} required hint={sentences.nameHint}>
          <Input
            value={draft.name}
            maxLength={100}
            placeholder={sentences.namePlaceholder}
            onChange={(_, { value }) => change({ name: value })}
          />
        </Field>
        <SourcePicker
          sources={form.sources}
          chosen={source}
          isDisabled={form.phase === 'saving'}
          onChoose={(next) => onChange((before) => withSource(before, next))}
        />
        {source !== undefined && (
          <>
            {choiceFields.length > 0 && (
              <Suspense>
                <Choices
                  fields={choiceFields}
                  choices={draft.choices}
                  onChange={(choices) => change({ choices })}
                />
              </Suspense>
            )}
            <EventPicker
              eventTypes={source.eventTypes}
              chosen={draft.eventTypes}
              onChange={(eventTypes) => change({ eventTypes })}
            />
            {source.fields.length > 0 && (
              <Conditions fields={source.fields} draft={draft} onChange={change} />
            )}
          </>
        )}
        {saved !== undefined && (
          <Suspense>
            <Running
              isPaused={draft.paused}
              onPause={(paused) => change({ paused })}
              test={form.test}
              onTest={onTest}
            />
          </Suspense>
        )}
      </fieldset>
      <SaveLine form={form} />
    </main>
  )
}

const useStyles = makeStyles({
  page: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalL,
    boxSizing: 'border-box',
    maxWidth: '680px',
    minHeight: '100vh',
    margin: '0 auto',
    padding: `${tokens.spacingVerticalXL} ${tokens.spacingHorizontalXXL} 0`,
  },
  title: { margin: 0, overflowWrap: 'anywhere', textWrap: 'balance' },
  fields: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalL,
    minWidth: 0,
    margin: 0,
    padding: 0,
    border: 'none',
  },
})
