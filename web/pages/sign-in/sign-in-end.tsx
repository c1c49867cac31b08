import { Button, FluentProvider, makeStyles, type Theme, tokens } from '@fluentui/react-components'
import { PersonKeyRegular, PlugDisconnected48Regular } from '@fluentui/react-icons'
import { type ReactElement, useEffect, useState } from 'react'
import { Busy } from '../../components/busy.tsx'
import { Message } from '../../components/message.tsx'
import { themeOf } from '../../components/themes/theme-of.ts'
import { type Spoken, speak } from '../../i18n/language.ts'
import { LanguageProvider, useSentences } from '../../i18n/use-sentences.tsx'
import { pause } from '../../within.ts'

/** Teams closes the window within a moment; who still sees it then must be told. */
const patienceMs = 4_000

/** The end of signing in, in a window of its own: most people see it for no longer than a blink. */
export function SignInEnd({ problem, themeName }: { problem: string | undefined; themeName: string }) {
  const styles = useStyles()
  const [look, setLook] = useState<{ theme: Theme; language: Spoken }>()
  useEffect(() => {
    const dress = async () => {
      const [theme, language] = await Promise.all([themeOf(themeName), speak(document.documentElement.lang)])
      setLook({ theme, language })
    }
    void dress()
  }, [themeName])
  if (look === undefined) return null
  return (
    <FluentProvider theme={look.theme} className={styles.page}>
      <LanguageProvider value={look.language}>
        <Ended problem={problem} />
      </LanguageProvider>
    </FluentProvider>
  )
}

function Ended({ problem }: { problem: string | undefined }) {
  const { signingIn, signIn } = useSentences()
  const [isLost, setLost] = useState(false)
  useEffect(() => {
    void pause(patienceMs).then(() => setLost(true))
  }, [])
  if (problem !== undefined) {
    return <Stay icon={<PersonKeyRegular fontSize={48} />} title={signIn.notSignedIn} text={problem} />
  }
  return isLost ? (
    <Stay icon={<PlugDisconnected48Regular />} title={signIn.lost} />
  ) : (
    <Busy label={signingIn} />
  )
}

/** What to do in a window that did not close by itself. */
function Stay({ icon, title, text }: { icon: ReactElement; title: string; text?: string }) {
  const { signIn } = useSentences()
  const close = <Button onClick={() => window.close()}>{signIn.close}</Button>
  return (
    <Message icon={icon} title={title} action={close}>
      {text !== undefined && <p>{text}</p>}
      <p>{signIn.back}</p>
    </Message>
  )
}

const useStyles = makeStyles({
  page: { minHeight: '100%', backgroundColor: tokens.colorNeutralBackground1 },
})
