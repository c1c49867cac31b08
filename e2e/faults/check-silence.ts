import { groupBy, type Ledger } from './ledger.ts'

/** No channel is silent for longer while something is pending and Teams answers; beyond it what a busy machine costs. */
const longestSilenceMs = 4 * 60_000 + 5000

/** Only a run of many minutes can show it: a flooded channel hears of what it missed every four minutes. */
export function checkSilence(ledger: Ledger): string[] {
  const { events, scene, stops, endedAt, requested } = ledger
  return [...groupBy(requested, (one) => one.destination)].flatMap(([destination, own]) => {
    const owed = scene.configurations
      .filter((one) => one.destination === destination && !one.holds && one.name !== 'paused')
      .flatMap((one) =>
        events.flatMap((event) => ledger.deliveryOf(event, one).map((delivery) => ({ event, delivery }))),
      )
    return own.flatMap((request, index) => {
      const [from, to] = [request.at, own[index + 1]?.at ?? endedAt]
      const stopped = stops.filter((stop) => stop.from < to && stop.to > from)
      const silentMs = to - from - stopped.reduce((sum, stop) => sum + stop.to - stop.from, 0)
      if (silentMs <= longestSilenceMs || request.attempt?.outcome !== 'delivered') return []
      const waiting = owed.filter(
        ({ event, delivery }) => (event.ackedAt ?? to) < from && (delivery.settledAt ?? Infinity) >= to,
      )
      if (waiting.length === 0) return []
      return [
        `SILENCE at "${destination}": ${Math.round(silentMs / 1000)} s, while ${waiting.length} were pending.`,
      ]
    })
  })
}
