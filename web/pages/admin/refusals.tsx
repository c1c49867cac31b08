import { Body1Strong } from '@fluentui/react-components'
import type { Refusal } from '../../../server/model/source.ts'
import { useConsole } from './console-context.ts'
import { useStyles, When } from './parts.tsx'

/** Which requests of a source were refused, and why. */
export function Refusals({ items }: { items: Refusal[] }) {
  const styles = useStyles()
  const { sources: words } = useConsole().sentences
  return (
    <section>
      <Body1Strong as="h3">{words.refused}</Body1Strong>
      <ul>
        {alike(items).map(({ latest: { at, code, why }, count }) => (
          <li key={at}>
            {why}
            <div className={styles.small}>
              {code} · <When at={at} /> · {words.times(count)}
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** A system that goes wrong does so again and again: each way is told once, the latest first. */
function alike(items: Refusal[]): { latest: Refusal; count: number }[] {
  const ways = new Map<string, { latest: Refusal; count: number }>()
  for (const one of items) {
    const way = ways.get(one.code + one.why)
    if (way) way.count += 1
    else ways.set(one.code + one.why, { latest: one, count: 1 })
  }
  return [...ways.values()]
}
