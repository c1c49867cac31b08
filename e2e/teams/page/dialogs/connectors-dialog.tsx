import {
  Body1,
  Button,
  Caption1,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogTitle,
  makeStyles,
  Subtitle2,
  tokens,
} from '@fluentui/react-components'
import type { Channel, Connector, State, TeamsApp } from '../../model.ts'
import { AppIcon } from '../app-icon.tsx'

const useStyles = makeStyles({
  list: {
    listStyleType: 'none',
    margin: `${tokens.spacingVerticalS} 0 ${tokens.spacingVerticalXL}`,
    padding: 0,
    display: 'grid',
    gap: tokens.spacingVerticalS,
  },
  item: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    padding: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusMedium,
    border: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
  },
  words: { flexGrow: 1, minWidth: 0, display: 'grid' },
  quiet: { color: tokens.colorNeutralForeground3 },
  none: { margin: `${tokens.spacingVerticalS} 0 ${tokens.spacingVerticalXL}` },
})

/** The channel's connectors, and the apps that could become some. */
export function ConnectorsDialog(props: {
  state: State
  channel: Channel
  onAdd: (app: TeamsApp) => void
  onManage: (connector: Connector, app: TeamsApp) => void
  onRemove: (connector: Connector, app: TeamsApp) => void
  onClose: () => void
}) {
  const { state, channel } = props
  const styles = useStyles()
  const configured = state.connectors
    .filter(({ channelId, phase }) => channelId === channel.id && phase === 'live')
    .map((connector) => ({
      connector,
      app: state.apps.find((app) => app.connectorId === connector.connectorId),
    }))

  return (
    <DialogBody>
      <DialogTitle>Connectors for “{channel.name}”</DialogTitle>
      <DialogContent>
        <Subtitle2 as="h3" id="configured">
          Configured
        </Subtitle2>
        {configured.length === 0 ? (
          <Body1 as="p" block className={styles.none}>
            Nothing is connected to this channel yet.
          </Body1>
        ) : (
          <ul className={styles.list} aria-labelledby="configured">
            {configured.map(({ connector, app }) => (
              <li key={connector.id} className={styles.item} aria-label={nameOf(connector, app)}>
                <AppIcon app={app} name={nameOf(connector, app)} />
                <div className={styles.words}>
                  <Body1>{nameOf(connector, app)}</Body1>
                  <Caption1 className={styles.quiet}>
                    {app ? `${app.name}, added` : 'Added'} by {authorOf(connector, state)}
                  </Caption1>
                </div>
                {app && (
                  <>
                    <Button onClick={() => props.onManage(connector, app)}>Manage</Button>
                    <Button onClick={() => props.onRemove(connector, app)}>Remove</Button>
                  </>
                )}
              </li>
            ))}
          </ul>
        )}
        <Subtitle2 as="h3" id="available">
          Available
        </Subtitle2>
        <ul className={styles.list} aria-labelledby="available">
          {state.apps.map((app) => (
            <li key={app.connectorId} className={styles.item} aria-label={app.name}>
              <AppIcon app={app} name={app.name} />
              <div className={styles.words}>
                <Body1>{app.name}</Body1>
                <Caption1 className={styles.quiet}>{app.description}</Caption1>
              </div>
              <Button appearance="primary" onClick={() => props.onAdd(app)}>
                Add
              </Button>
            </li>
          ))}
        </ul>
      </DialogContent>
      <DialogActions>
        <Button onClick={props.onClose}>Close</Button>
      </DialogActions>
    </DialogBody>
  )
}

/** What the channel calls a connector: the name it was saved with, else its app's. */
export function nameOf({ settings }: Connector, app: TeamsApp | undefined): string {
  return settings.configName ?? settings.suggestedDisplayName ?? app?.name ?? 'Incoming Webhook'
}

const authorOf = ({ createdBy }: Connector, { people }: State) =>
  people.find(({ id }) => id === createdBy)?.name ?? 'someone'
