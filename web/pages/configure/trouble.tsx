import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  tokens,
} from '@fluentui/react-components'
import { useEffect, useRef } from 'react'
import { say } from '../../i18n/say.ts'
import { useSentences } from '../../i18n/use-sentences.tsx'
import type { SaveFailure } from './save.ts'

/** Why the last Save failed, brought into view; a version that went stale can be loaded anew. */
export function Trouble({ failure, onReload }: { failure: SaveFailure; onReload(): void }) {
  const styles = useStyles()
  const sentences = useSentences()
  const bar = useRef<HTMLDivElement>(null)
  useEffect(() => {
    bar.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  const isStale = failure.kind === 'answered' && failure.status === 412
  return (
    <div ref={bar} role="alert" className={styles.bar}>
      <MessageBar intent={isStale ? 'warning' : 'error'} layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>{sentences.trouble.title}</MessageBarTitle>
          {say(failure, sentences)}
        </MessageBarBody>
        {isStale && (
          <MessageBarActions>
            <Button onClick={onReload}>{sentences.trouble.reload}</Button>
          </MessageBarActions>
        )}
      </MessageBar>
    </div>
  )
}

const useStyles = makeStyles({ bar: { scrollMarginTop: tokens.spacingVerticalXL } })
