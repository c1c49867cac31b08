import {
  Body1Strong,
  Button,
  Caption1,
  Input,
  makeStyles,
  mergeClasses,
  Switch,
  tokens,
} from '@fluentui/react-components'
import { CheckmarkCircleFilled, DismissCircleFilled } from '@fluentui/react-icons'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Locale, Run, Workflow } from '../../model.ts'
import { control } from '../control.ts'

const useStyles = makeStyles({
  item: {
    display: 'grid',
    gap: tokens.spacingVerticalS,
    padding: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusMedium,
    border: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
  },
  line: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS },
  name: { flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere' },
  url: { flexGrow: 1 },
  runs: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalXS },
  run: {
    display: 'grid',
    gridTemplateColumns: '20px minmax(5em, max-content) 1fr',
    columnGap: tokens.spacingHorizontalS,
    overflowWrap: 'anywhere',
  },
  icon: { fontSize: '16px' },
  succeeded: { color: tokens.colorStatusSuccessForeground1 },
  failed: { color: tokens.colorStatusDangerForeground1 },
  quiet: { color: tokens.colorNeutralForeground3 },
})

/** One workflow: its URL to copy, its switch, its end, and what became of what it was sent. */
export function WorkflowItem({ workflow, locale }: { workflow: Workflow; locale: Locale }) {
  const { id, name, phase, webhookUrl } = workflow
  const styles = useStyles()
  const [isLooking, setLooking] = useState(false)
  const { copied, copy, setField } = useCopy(webhookUrl)

  return (
    <li className={styles.item} aria-label={name}>
      <div className={styles.line}>
        <Body1Strong className={styles.name}>{name}</Body1Strong>
        <Switch
          label={phase === 'on' ? 'On' : 'Off'}
          aria-label={`On: ${name}`}
          checked={phase === 'on'}
          onChange={(_event, { checked }) => void control.switchWorkflow(id, checked ? 'on' : 'off')}
        />
      </div>
      <div className={styles.line}>
        <Input
          className={styles.url}
          ref={setField}
          readOnly
          aria-label="URL"
          value={webhookUrl}
          onFocus={({ target }) => target.select()}
        />
        <Button appearance={copied ? 'secondary' : 'primary'} onClick={() => void copy()}>
          {copied ? 'Copied' : 'Copy URL'}
        </Button>
      </div>
      <div className={styles.line}>
        <Button aria-expanded={isLooking} onClick={() => setLooking(!isLooking)}>
          Runs
        </Button>
        <Button onClick={() => void control.deleteWorkflow(id)}>Delete</Button>
      </div>
      {isLooking && <Runs workflowId={id} locale={locale} />}
    </li>
  )
}

/** The browser may refuse the clipboard; then the URL is selected for the person to copy. */
function useCopy(text: string) {
  const [field, setField] = useState<HTMLInputElement | null>(null)
  const [copied, setCopied] = useState(false)
  async function copy() {
    try {
      await navigator.clipboard.writeText(text)
      setCopied(true)
    } catch {
      field?.focus()
    }
  }
  return { copied, copy, setField }
}

function Runs({ workflowId, locale }: { workflowId: string; locale: Locale }) {
  const styles = useStyles()
  const { data: runs } = useQuery({ queryKey: ['runs', workflowId], queryFn: () => control.runs(workflowId) })
  if (runs?.length === 0) return <Caption1 className={styles.quiet}>It has not run yet.</Caption1>
  return (
    <ul className={styles.runs} aria-label="Runs">
      {runs?.map((run) => (
        <RunLine key={run.id} run={run} locale={locale} />
      ))}
    </ul>
  )
}

function RunLine({ run: { at, status, reason }, locale }: { run: Run; locale: Locale }) {
  const styles = useStyles()
  const hasSucceeded = status === 'succeeded'
  const Icon = hasSucceeded ? CheckmarkCircleFilled : DismissCircleFilled
  const time = new Date(at)
  return (
    <li className={styles.run}>
      <Icon
        className={mergeClasses(styles.icon, hasSucceeded ? styles.succeeded : styles.failed)}
        aria-hidden
      />
      <Caption1>{hasSucceeded ? 'Succeeded' : 'Failed'}</Caption1>
      <Caption1>
        <time className={styles.quiet} dateTime={time.toISOString()}>
          {time.toLocaleTimeString(locale)}
        </time>{' '}
        {reason}
      </Caption1>
    </li>
  )
}
