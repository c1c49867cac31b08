import {
  Body1,
  Button,
  Caption1,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogTitle,
  makeStyles,
  tokens,
} from '@fluentui/react-components'
import type { Channel, State, TeamsApp } from '../../model.ts'
import { AppIcon } from '../app-icon.tsx'

const useStyles = makeStyles({
  apps: {
    listStyleType: 'none',
    margin: `${tokens.spacingVerticalM} 0 0`,
    padding: 0,
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(240px, 1fr))',
    gap: tokens.spacingVerticalS,
  },
  app: {
    width: '100%',
    height: '100%',
    justifyContent: 'start',
    alignItems: 'start',
    textAlign: 'start',
    gap: tokens.spacingHorizontalM,
    padding: tokens.spacingHorizontalM,
  },
  words: { display: 'grid', gap: tokens.spacingVerticalXXS },
  quiet: { color: tokens.colorNeutralForeground3, fontWeight: tokens.fontWeightRegular },
})

/** "Add a tab": the apps that can be one. */
export function ChooseAppDialog(props: {
  state: State
  channel: Channel
  onChoose: (app: TeamsApp) => void
  onCancel: () => void
}) {
  const styles = useStyles()
  const apps = props.state.apps.filter(({ tabConfigurationUrl }) => tabConfigurationUrl !== undefined)
  return (
    <DialogBody>
      <DialogTitle>Add a tab to “{props.channel.name}”</DialogTitle>
      <DialogContent>
        <Body1>
          {apps.length > 0
            ? 'Choose the app that the tab shall show.'
            : 'No app that is installed offers a tab.'}
        </Body1>
        <ul className={styles.apps}>
          {apps.map((app) => (
            <li key={app.connectorId}>
              <Button
                className={styles.app}
                aria-label={app.name}
                aria-description={app.description}
                icon={<AppIcon app={app} name={app.name} />}
                onClick={() => props.onChoose(app)}
              >
                <span className={styles.words}>
                  {app.name}
                  <Caption1 className={styles.quiet}>{app.description}</Caption1>
                </span>
              </Button>
            </li>
          ))}
        </ul>
      </DialogContent>
      <DialogActions>
        <Button onClick={props.onCancel}>Cancel</Button>
      </DialogActions>
    </DialogBody>
  )
}
