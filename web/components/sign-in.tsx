import { Button, makeStyles, tokens } from '@fluentui/react-components'
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
  const button = (
    <Button appearance="primary" onClick={onSignIn}>
      {signIn.button}
    </Button>
  )
  return (
    <Message icon={<PersonKeyRegular fontSize={48} />} title={signIn.title} action={button}>
      {view.failure === undefined || view.isAsking ? (
        <p>{signIn.text}</p>
      ) : (
        <p role="alert" className={styles.trouble}>
          {say(view.failure, sentences)}
        </p>
      )}
      <output>{view.isAsking && <p>{signIn.asking}</p>}</output>
    </Message>
  )
}

const useStyles = makeStyles({ trouble: { color: tokens.colorStatusDangerForeground1 } })
