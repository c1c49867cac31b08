import { Button, Field, makeStyles, Select, Tab, TabList, Title3, tokens } from '@fluentui/react-components'
import { useConsole } from './console-context.ts'
import { type ThemeChoice, themeChoices } from './use-console-theme.ts'

/** The console's name, its pages, its theme, and the way out. */
export function Header({
  isSignedIn,
  themeChoice,
  onTheme,
  onSignOut,
}: {
  isSignedIn: boolean
  themeChoice: ThemeChoice
  onTheme(choice: ThemeChoice): void
  onSignOut(): void
}) {
  const styles = useStyles()
  const { sentences, address, go } = useConsole()
  const { pages, theme, signIn } = sentences
  return (
    <header className={styles.header}>
      <Title3 as="h1" className={styles.title}>
        {sentences.title}
      </Title3>
      {isSignedIn && (
        <nav aria-label={sentences.title}>
          <TabList selectedValue={address.page} onTabSelect={(_, { value }) => go({ page: String(value) })}>
            <Tab value="sources">{pages.sources}</Tab>
            <Tab value="channels">{pages.channels}</Tab>
            <Tab value="deliveries">{pages.deliveries}</Tab>
          </TabList>
        </nav>
      )}
      <div className={styles.end}>
        <Field label={{ children: theme.label, className: styles.hidden }}>
          <Select
            size="small"
            value={themeChoice}
            onChange={(_, { value }) => {
              const choice = themeChoices.find((one) => one === value)
              if (choice) onTheme(choice)
            }}
          >
            {themeChoices.map((choice) => (
              <option key={choice} value={choice}>
                {theme[choice]}
              </option>
            ))}
          </Select>
        </Field>
        {isSignedIn && (
          <Button size="small" appearance="subtle" onClick={onSignOut}>
            {signIn.out}
          </Button>
        )}
      </div>
    </header>
  )
}

const useStyles = makeStyles({
  header: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalXL}`,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
  },
  title: { margin: 0 },
  end: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS, marginLeft: 'auto' },
  hidden: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' },
})
