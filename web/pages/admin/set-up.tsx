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
import type { Refusal, SampleRequest, Source } from '../../../server/model/source.ts'
import { useConsole } from './console-context.ts'
import { Ask, useStyles, When } from './parts.tsx'
import { Refusals } from './refusals.tsx'
import { useRead } from './use-admin.ts'

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
    <Ask
      title={`${source.name} · ${words.setUp}`}
      onClose={onClose}
      closeLabel={common.done}
      isShownOnce={secret !== undefined}
    >
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
        <Heard source={source} />
      </div>
    </Ask>
  )
}

/** Whether its events come in, and what was refused. */
function Heard({ source: { id, lastEventAt } }: { source: Source }) {
  const { sources: words } = useConsole().sentences
  const refusals = useRead<{ items: Refusal[] }>(`sources/${id}/refusals`).data?.items ?? []
  const [latest] = refusals
  const isRefused = latest !== undefined && (lastEventAt === null || latest.at > lastEventAt)
  return (
    <>
      <output>
        {isRefused && (
          <MessageBar intent="warning" layout="multiline">
            <MessageBarBody>{words.latestRefused}</MessageBarBody>
          </MessageBar>
        )}
        {!isRefused && lastEventAt === null && <Spinner size="tiny" label={words.waiting} />}
        {!isRefused && lastEventAt !== null && (
          <MessageBar intent="success">
            <MessageBarBody>
              {words.firstEvent} (<When at={lastEventAt} />)
            </MessageBarBody>
          </MessageBar>
        )}
      </output>
      {refusals.length > 0 && <Refusals items={refusals} />}
    </>
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
