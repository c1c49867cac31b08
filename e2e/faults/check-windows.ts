import { groupBy, type Ledger } from './ledger.ts'

/** Teams' verdict: no request broke a window, whatever it was answered, and none was larger than Teams takes. */
export function checkWindows({ requests, scene }: Ledger): string[] {
  const nameOf = new Map(scene.destinations.map((one) => [one.webhookUrl, one.name]))
  const broken = requests.filter((one) => one.overLimit !== undefined)
  const faults = [...groupBy(broken, (one) => `${nameOf.get(one.webhookUrl)}" broke "${one.overLimit}`)].map(
    ([which, own]) => `WINDOW: ${own.length} requests at "${which}", the first of them number ${own[0]?.id}.`,
  )
  const large = requests.filter(({ raw }) => raw.length > largestBytes)
  return [...faults, ...large.map(({ id, raw }) => `SIZE: request ${id} is of ${raw.length} bytes.`)]
}

/** What is measured as 28 KB at Teams. */
const largestBytes = 22 * 1024
