import { Button, Card, Field, Input, makeStyles, Subtitle1, tokens } from '@fluentui/react-components'
import { type FormEvent, useState } from 'react'
import { sayFailure, useConsole } from './console-context.ts'

/** The admin token for a session. What is wrong stands beside the field it concerns. */
export function SignIn({ onDone }: { onDone(): void }) {
  const styles = useStyles()
  const { sentences, call } = useConsole()
  const { signIn } = sentences
  const [token, setToken] = useState('')
  const [problem, setProblem] = useState('')
  const [isBusy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    const result = await call('session', { method: 'POST', body: { token } })
    setBusy(false)
    if (result.ok) onDone()
    else setProblem(sayFailure(result.failure, sentences))
  }
  return (
    <Card className={styles.card}>
      <form onSubmit={(event) => void submit(event)} className={styles.form}>
        <Subtitle1 as="h2" className={styles.title}>
          {signIn.title}
        </Subtitle1>
        <Field
          label={signIn.token}
          hint={signIn.hint}
          {...(problem !== '' && { validationMessage: problem, validationState: 'error' })}
        >
          <Input
            type="password"
            autoComplete="current-password"
            value={token}
            onChange={(_, { value }) => setToken(value)}
          />
        </Field>
        <Button type="submit" appearance="primary" disabled={token === '' || isBusy}>
          {signIn.button}
        </Button>
      </form>
    </Card>
  )
}

const useStyles = makeStyles({
  card: { maxWidth: '420px', margin: `${tokens.spacingVerticalXXXL} auto` },
  form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  title: { margin: 0 },
})
