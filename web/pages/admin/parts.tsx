import {
  Badge,
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  mergeClasses,
  Spinner,
  Subtitle2,
  tokens,
} from '@fluentui/react-components'
import type { ReactElement, ReactNode } from 'react'
import type { DeliveryState } from '../../../server/model/delivery.ts'
import type { Health } from '../../../server/model/destination.ts'
import { type Failed, sayFailure, useConsole } from './console-context.ts'

/** What is read from the server, in each of the ways it can be: not yet, not at all, and there. */
export function Loaded<T>({
  read,
  children,
}: {
  read: { data: T | undefined; error: Failed | null; refetch(): unknown }
  children(value: T): ReactNode
}) {
  const { sentences } = useConsole()
  const { common } = sentences
  const { data, error } = read
  return (
    <>
      {error && (
        <MessageBar intent="error" role="alert">
          <MessageBarBody>
            <MessageBarTitle>{common.failed}</MessageBarTitle> {sayFailure(error.failure, sentences)}{' '}
            <Button size="small" onClick={() => void read.refetch()}>
              {common.retry}
            </Button>
          </MessageBarBody>
        </MessageBar>
      )}
      {data === undefined && !error && <Spinner label={common.loading} />}
      {data !== undefined && children(data)}
    </>
  )
}

export function Empty({ title, text }: { title: string; text: string }) {
  const styles = useStyles()
  return (
    <div className={styles.empty}>
      <Subtitle2 as="h2">{title}</Subtitle2>
      <p>{text}</p>
    </div>
  )
}

/** Something to do, or a file to be given. */
type Action = { label: string } & ({ run(): void; isOff?: boolean } | { file: string })

/** A question, a form, or something to read, with what may be done about it. */
export function Ask(props: {
  title: string
  children: ReactNode
  /** Left out where there is nothing to do but to close. */
  action?: Action
  closeLabel?: string
  /** It shows what is never shown again: neither Escape nor a click beside it takes that away. */
  isShownOnce?: boolean
  /** For what has more to show than a few lines. */
  isWide?: boolean
  onClose(): void
}) {
  const { common } = useConsole().sentences
  const { title, children, action, onClose } = props
  const styles = useStyles()
  return (
    <Dialog open onOpenChange={(_, { open }) => !open && !props.isShownOnce && onClose()}>
      <DialogSurface className={mergeClasses(styles.dialog, props.isWide && styles.wide)}>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent>{children}</DialogContent>
          <DialogActions>
            <Button onClick={onClose}>{props.closeLabel ?? (action ? common.cancel : common.close)}</Button>
            {action && 'run' in action && (
              <Button appearance="primary" disabledFocusable={action.isOff ?? false} onClick={action.run}>
                {action.label}
              </Button>
            )}
            {action && 'file' in action && (
              <Button as="a" appearance="primary" href={action.file} download>
                {action.label}
              </Button>
            )}
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}

const healthColor = {
  healthy: 'success',
  throttled: 'warning',
  failing: 'danger',
  gone: 'danger',
  disabled: 'informative',
} as const

export function HealthBadge({ health }: { health: Health }): ReactElement {
  const { sentences } = useConsole()
  return (
    <Badge appearance="tint" color={healthColor[health]}>
      {sentences.health[health]}
    </Badge>
  )
}

const stateColor = {
  held: 'informative',
  pending: 'informative',
  delivered: 'success',
  accepted: 'brand',
  merged: 'brand',
  refused: 'danger',
  expired: 'danger',
  cancelled: 'warning',
} as const

export function StateBadge({ state }: { state: DeliveryState }): ReactElement {
  const { sentences } = useConsole()
  return (
    <Badge appearance="tint" color={stateColor[state]}>
      {sentences.states[state]}
    </Badge>
  )
}

export function When({ at }: { at: string | null }) {
  const { tag, sentences } = useConsole()
  if (at === null) return <>{sentences.common.never}</>
  const words = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'medium' })
  return <time dateTime={at}>{words.format(new Date(at))}</time>
}

export const useStyles = makeStyles({
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'end',
    gap: tokens.spacingHorizontalM,
    marginBottom: tokens.spacingVerticalL,
  },
  dialog: { overflowWrap: 'anywhere' },
  wide: { maxWidth: '760px' },
  atEnd: { justifyContent: 'end' },
  grow: { flexGrow: 1 },
  empty: { padding: tokens.spacingVerticalXXXL, textAlign: 'center' },
  stack: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    '& ol, & ul, & p, & h3': { marginTop: 0, marginBottom: 0 },
  },
  small: {
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  code: {
    margin: 0,
    padding: tokens.spacingVerticalM,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    backgroundColor: tokens.colorNeutralBackground3,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
  },
})
