import { FluentProvider, makeStyles, Toaster, tokens } from '@fluentui/react-components'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { createConsoleCall } from '../../api.ts'
import { Channels } from './channels.tsx'
import { ConsoleContext, type ConsoleParts, toasterId } from './console-context.ts'
import { Deliveries } from './deliveries.tsx'
import { Header } from './header.tsx'
import { SignIn } from './sign-in.tsx'
import { Sources } from './sources.tsx'
import { useAddress } from './use-address.ts'
import { isSignedOut } from './use-admin.ts'
import { useConsoleTheme } from './use-console-theme.ts'

/** The console: what administrators see of everything, and may do about it. */
export function Console({
  tag,
  sentences,
  operators,
}: Pick<ConsoleParts, 'tag' | 'sentences' | 'operators'>) {
  const styles = useStyles()
  const { theme, choice, choose } = useConsoleTheme()
  // Nobody sees a console flash by that is not theirs: it is shown once the server has said so.
  const [isSignedIn, setSignedIn] = useState<boolean>()
  const [queries] = useState(() => new QueryClient({ defaultOptions: { queries: { retry: false } } }))
  const [call] = useState(() => createConsoleCall({ fetch: window.fetch.bind(window), language: tag }))
  const { address, go } = useAddress()
  useEffect(() => {
    void call('session').then((answer) => setSignedIn(!isSignedOut(answer)))
  }, [call])
  const signedOut = () => {
    queries.clear()
    setSignedIn(false)
  }
  return (
    <FluentProvider theme={theme}>
      <QueryClientProvider client={queries}>
        <ConsoleContext.Provider value={{ sentences, tag, operators, call, signedOut, address, go }}>
          <div className={styles.page}>
            <Header
              isSignedIn={isSignedIn === true}
              themeChoice={choice}
              onTheme={choose}
              onSignOut={() => void call('session', { method: 'DELETE' }).then(signedOut)}
            />
            <main className={styles.main}>
              {isSignedIn === true && <Shown page={address.page} />}
              {isSignedIn === false && <SignIn onDone={() => setSignedIn(true)} />}
            </main>
          </div>
          <Toaster toasterId={toasterId} position="bottom-end" />
        </ConsoleContext.Provider>
      </QueryClientProvider>
    </FluentProvider>
  )
}

function Shown({ page }: { page: string }) {
  if (page === 'channels') return <Channels />
  if (page === 'deliveries') return <Deliveries />
  return <Sources />
}

const useStyles = makeStyles({
  // Not the provider's: Fluent gives its styles to whatever floats over the page too, which this would make cover it.
  page: { minHeight: '100vh', backgroundColor: tokens.colorNeutralBackground2 },
  main: {
    maxWidth: '1280px',
    margin: '0 auto',
    padding: `${tokens.spacingVerticalXL} ${tokens.spacingHorizontalL} ${tokens.spacingVerticalXXXL}`,
  },
})
