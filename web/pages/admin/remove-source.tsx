import type { ListedConfiguration } from '../../../server/model/overview.ts'
import type { Source } from '../../../server/model/source.ts'
import { useConsole } from './console-context.ts'
import { Ask, Loaded } from './parts.tsx'
import { useDo, useRead } from './use-admin.ts'

/** Removes a source that nothing depends on; else names what does. */
export function RemoveSource({ source, onClose }: { source: Source; onClose(): void }) {
  const { sentences, go } = useConsole()
  const { sources: words, common } = sentences
  const { run, isBusy } = useDo()
  const { id, name } = source
  const dependents = useRead<{ items: ListedConfiguration[] }>(`configurations?sourceId=${id}&limit=20`)
  const isFree = dependents.data?.items.length === 0
  const remove = async () => {
    if (await run(`sources/${id}`, { method: 'DELETE' }, () => common.done)) onClose()
  }
  return (
    <Ask
      title={words.removeAsk(name)}
      onClose={onClose}
      action={
        isFree
          ? { label: words.remove, run: () => void remove(), isOff: isBusy }
          : {
              label: words.showDependents,
              run: () => go({ page: 'channels', sourceId: id }),
              isOff: dependents.data === undefined,
            }
      }
    >
      <Loaded read={dependents}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{words.removeText}</p>
          ) : (
            <>
              <p>{words.dependents}</p>
              <ul>
                {items.map((one) => (
                  <li key={one.entityId}>
                    {[one.name, one.place.teamName, one.place.channelName].filter(Boolean).join(' · ')}
                  </li>
                ))}
              </ul>
            </>
          )
        }
      </Loaded>
    </Ask>
  )
}
