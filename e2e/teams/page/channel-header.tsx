import { Button, makeStyles, mergeClasses, Title3, ToggleButton, tokens } from '@fluentui/react-components'
import { FlashRegular, FlowRegular, PlugConnectedRegular, SettingsRegular } from '@fluentui/react-icons'
import type { ReactElement } from 'react'
import type { Channel } from '../model.ts'

export type PanelName = 'happened' | 'settings'
export type DialogName = 'connectors' | 'workflows'

const iconAlone = {
  minWidth: '32px',
  padding: '5px',
  '& .fui-Button__icon': { margin: 0 },
  '& span:not(.fui-Button__icon)': { display: 'none' },
}

const useStyles = makeStyles({
  header: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalXXL} ${tokens.spacingVerticalXS}`,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  button: { flexShrink: 0, whiteSpace: 'nowrap' },
  // Where there is little room the channel's name needs it more than the buttons need theirs.
  dialog: { '@container (max-width: 640px)': iconAlone },
  happened: { '@container (max-width: 800px)': iconAlone },
  name: {
    margin: 0,
    flexGrow: 1,
    minWidth: 0,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
})

/** The channel's name, and what can be opened for it. */
export function ChannelHeader(props: {
  channel: Channel
  panel: PanelName | undefined
  togglePanel: (panel: PanelName, by: HTMLElement) => void
  openDialog: (dialog: DialogName, by: HTMLElement) => void
}) {
  const { channel, panel, togglePanel, openDialog } = props
  const styles = useStyles()
  const dialogButton = (dialog: DialogName, name: string, icon: ReactElement) => (
    <Button
      className={mergeClasses(styles.button, styles.dialog)}
      icon={icon}
      aria-label={name}
      title={name}
      onClick={({ currentTarget }) => openDialog(dialog, currentTarget)}
    >
      <span>{name}</span>
    </Button>
  )
  return (
    <header className={styles.header}>
      <Title3 as="h1" className={styles.name} title={channel.name}>
        {channel.name}
      </Title3>
      {channel.kind === 'channel' && dialogButton('connectors', 'Connectors', <PlugConnectedRegular />)}
      {dialogButton('workflows', 'Workflows', <FlowRegular />)}
      <ToggleButton
        className={mergeClasses(styles.button, styles.happened)}
        icon={<FlashRegular />}
        aria-label="Something happened"
        title="Something happened"
        checked={panel === 'happened'}
        onClick={({ currentTarget }) => togglePanel('happened', currentTarget)}
      >
        <span>Something happened</span>
      </ToggleButton>
      <ToggleButton
        className={styles.button}
        icon={<SettingsRegular />}
        aria-label="Settings"
        title="Settings"
        checked={panel === 'settings'}
        onClick={({ currentTarget }) => togglePanel('settings', currentTarget)}
      />
    </header>
  )
}
