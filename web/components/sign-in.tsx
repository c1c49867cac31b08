import { Button, MessageBar, MessageBarBody, makeStyles, Spinner } from '@fluentui/react-components'
import { PersonKeyRegular } from '@fluentui/react-icons'
import { say } from '../i18n/say.ts'
import { useSentences } from '../i18n/use-sentences.tsx'
import type { SignedOut } from '../sign-in-by-pop-up.ts'
import { Message } from './message.tsx'

/**
 * The page for whom Teams did not tell us: a button, since browsers open windows only for who presses one. It can
 * be pressed again while a window is open, which may have got lost behind others.
 */
export function SignIn({ view, onSignIn }: { view: SignedOut; onSignIn(): void }) {
  const styles = useStyles()
  const sentences = useSentences()
  const { signIn } = sentences
  const action = (
    <>
      {view.failure !== undefined && (
        <MessageBar intent="error" layout="multiline" role="alert" className={styles.trouble}>
          <MessageBarBody>{say(view.failure, sentences)}</MessageBarBody>
        </MessageBar>
      )}
      <Button appearance="primary" onClick={onSignIn}>
        {signIn.button}
      </Button>
    </>
  )
  return (
    <Message icon={<PersonKeyRegular fontSize={48} />} title={signIn.title} action={action}>
      <output>{view.isAsking ? <Spinner size="tiny" label={signIn.asking} /> : <p>{signIn.text}</p>}</output>
    </Message>
  )
}

const useStyles = makeStyles({ trouble: { textAlign: 'start' } })
