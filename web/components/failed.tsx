import { Button } from '@fluentui/react-components'
import { CloudDismiss48Regular, PersonLockRegular } from '@fluentui/react-icons'
import type { Failure } from '../api.ts'
import { say } from '../i18n/say.ts'
import { useSentences } from '../i18n/use-sentences.tsx'
import { Message } from './message.tsx'

/** The page when it could not be loaded, with the server's own sentence and a way to try again. */
export function Failed({ failure, onRetry }: { failure: Failure; onRetry(): void }) {
  const sentences = useSentences()
  const { failed, retry } = sentences
  const action = (
    <Button appearance="primary" onClick={onRetry}>
      {retry}
    </Button>
  )
  const isLockedOut = failure.kind === 'answered' && failure.status === 401
  const icon = isLockedOut ? <PersonLockRegular fontSize={48} /> : <CloudDismiss48Regular />
  return (
    <Message icon={icon} title={isLockedOut ? failed.signInTitle : failed.title} action={action}>
      <p>{say(failure, sentences)}</p>
    </Message>
  )
}
