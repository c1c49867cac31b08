import {
  Body1Strong,
  Button,
  Field,
  Input,
  MessageBar,
  MessageBarBody,
  Spinner,
} from '@fluentui/react-components'
import { useState } from 'react'
import type { SampleRequest, Source } from '../../../server/model/source.ts'
import { useConsole } from './console-context.ts'
import { Ask, useStyles, When } from './parts.tsx'

/** What the tracked system must be told, and whether it has been heard from. */
export function SetUp(props: {
  source: Source
  /** What is shown when it has just been made, and never again. */
  shown: { secret?: string; sample?: SampleRequest }
  onClose(): void
}) {
  const styles = useStyles()
  const { sources: words, common } = useConsole().sentences
  const { source, shown, onClose } = props
  const { secret, sample } = shown
  return (
    <Ask title={`${source.name} · ${words.setUp}`} onClose={onClose} closeLabel={common.done}>
      <div className={styles.stack}>
        <Copied label={words.url} value={source.url} />
        {secret === undefined ? (
          <p>{words.secretKept}</p>
        ) : (
          <Copied label={words.secret} value={secret} hint={words.secretHint} />
        )}
        <section>
          <Body1Strong as="h3">{words.proof}</Body1Strong>
          <p>{source.proof}</p>
        </section>
        {sample && (
          <Copied label={words.tryIt} value={commandFor(source.url, sample)} hint={words.tryItHint} />
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

/** What sends it from a shell. */
function commandFor(url: string, { headers, body }: SampleRequest): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
  const told = Object.entries(headers).map(([name, value]) => `--header ${quoted(`${name}: ${value}`)}`)
  return ['curl', ...told, `--data-raw ${quoted(body)}`, quoted(url)].join(' ')
}
