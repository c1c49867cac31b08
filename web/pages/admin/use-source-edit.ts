import type { Source, SourceEdit } from '../../../server/model/source.ts'
import type { Answered } from '../../api.ts'
import { useConsole } from './console-context.ts'
import type { Made } from './new-source.tsx'
import { useDo } from './use-admin.ts'

/**
 * Changes one thing of a source and leaves the others as they are.
 *
 * It is read first, so that nobody's change is undone; what comes between that and the change is refused as stale.
 */
export function useSourceEdit(id: string) {
  const { common } = useConsole().sentences
  const { run, isBusy } = useDo()
  const path = `sources/${id}`
  return {
    isBusy,
    /** As it is now; undefined when that cannot be had, which has been told by then. */
    read: () => run<Source>(path, {}),
    /** With a secret if one was made. */
    async change({ value, etag }: Answered<Source>, changed: Partial<SourceEdit>) {
      const { name, settings, access } = value
      const guard = etag === undefined ? {} : { ifMatch: etag }
      const body = { name, settings, access, ...changed }
      const changing = { method: 'PUT', body, ...guard } as const
      return (await run<Source & Partial<Made>>(path, changing, () => common.done))?.value
    },
  }
}
