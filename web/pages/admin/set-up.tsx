import { Button, Field, Input, MessageBar, MessageBarBody, Spinner } from '@fluentui/react-components'
import { useState } from 'react'
import type { Source } from '../../../server/model/source.ts'
import { useConsole } from './console-context.ts'
import { Ask, useStyles, When } from './parts.tsx'

/** What the tracked system must be told, and whether it has been heard from. */
export function SetUp(props: { source: Source; secret: string | undefined; onClose(): void }) {
  const styles = useStyles()
  const { sources: words, common } = useConsole().sentences
  const { source, secret, onClose } = props
  return (
    <Ask title={`${source.name} · ${words.setUp}`} onClose={onClose} closeLabel={common.done}>
      <div className={styles.stack}>
        <Copied label={words.url} value={source.url} />
        {secret === undefined ? (
          <p>{words.secretKept}</p>
        ) : (
          <Copied label={words.secret} value={secret} hint={words.secretHint} />
        )}
        <output>
          {source.lastEventAt === null ? (
            <Spinner size="tiny" label={words.waiting} />
          ) : (
            <MessageBar intent="success">
              <MessageBarBody>
                {words.firstEvent} (<When at={source.lastEventAt} />)
              </MessageBarBody>
            </MessageBar>
          )}
        </output>
      </div>
    </Ask>
  )
}

function Copied({ label, value, hint }: { label: string; value: string; hint?: string }) {
  const { common } = useConsole().sentences
  const [isCopied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(value)
    setCopied(true)
  }
  return (
    <Field label={label} {...(hint !== undefined && { hint })}>
      <Input
        readOnly
        value={value}
        onFocus={(event) => event.target.select()}
        contentAfter={
          <Button size="small" aria-label={`${common.copy}: ${label}`} onClick={() => void copy()}>
            {isCopied ? common.copied : common.copy}
          </Button>
        }
      />
    </Field>
  )
}
