import { Field, Input } from '@fluentui/react-components'
import { useState } from 'react'
import type { Configuration } from '../../../server/model/configuration.ts'
import type { ListedConfiguration } from '../../../server/model/overview.ts'
import { useConsole } from './console-context.ts'
import { Ask, useStyles } from './parts.tsx'
import { useDo } from './use-admin.ts'

/** Its name, and where it sends: all that an administrator mends; what it sends is its owners' business, in Teams. */
export function EditChannel({ one, onClose }: { one: ListedConfiguration; onClose(): void }) {
  const styles = useStyles()
  const { channels: words, common, sources } = useConsole().sentences
  const { run, isBusy } = useDo()
  // Only what they wrote: a name that someone else has given meanwhile stays.
  const [written, setWritten] = useState<string>()
  const [webhookUrl, setWebhookUrl] = useState('')
  const path = `configurations/${one.entityId}`
  const save = async () => {
    // As it is now, so that nobody's change is undone; what comes between this and the save is refused as stale.
    const now = await run<Configuration>(path, {})
    if (!now) return
    const { sourceId, choices, rule, host, locale, zone, paused, place } = now.value
    const kept = { sourceId, choices, rule, host, locale, zone, paused, place }
    const body = { ...kept, name: written ?? now.value.name, ...(webhookUrl.trim() !== '' && { webhookUrl }) }
    const guard = now.etag === undefined ? {} : { ifMatch: now.etag }
    if (await run(path, { method: 'PUT', body, ...guard }, () => common.done)) onClose()
  }
  return (
    <Ask
      title={one.name}
      onClose={onClose}
      action={{ label: common.save, run: () => void save(), isOff: isBusy || written?.trim() === '' }}
    >
      <div className={styles.stack}>
        <Field label={sources.name}>
          <Input value={written ?? one.name} maxLength={100} onChange={(_, { value }) => setWritten(value)} />
        </Field>
        <Field label={words.newUrl} hint={words.newUrlHint}>
          <Input
            type="password"
            autoComplete="off"
            value={webhookUrl}
            onChange={(_, { value }) => setWebhookUrl(value)}
          />
        </Field>
      </div>
    </Ask>
  )
}
