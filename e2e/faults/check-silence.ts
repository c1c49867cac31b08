import { groupBy, type Ledger } from './ledger.ts'

/** No channel is silent for longer while something is pending and Teams answers; beyond it what a busy machine costs. */
const longestSilenceMs = 4 * 60_000 + 5000

/**
 * No channel is silent for longer than that, and no critical event waits longer. Only a run of many minutes can show
 * it: a flooded channel hears of what it missed every four minutes.
 */
export function checkSilence(ledger: Ledger): string[] {
  return [...checkChannels(ledger), ...checkCritical(ledger)]
}

function checkChannels(ledger: Ledger): string[] {
  const { events, scene, endedAt, requested } = ledger
  return [...groupBy(requested, (one) => one.destination)].flatMap(([destination, own]) => {
    const owed = scene.configurations
      .filter((one) => one.destination === destination && !one.holds && one.name !== 'paused')
      .flatMap((one) =>
        events.flatMap((event) => ledger.deliveryOf(event, one).map((delivery) => ({ event, delivery }))),
      )
    return own.flatMap((request, index) => {
      const [from, to] = [request.at, own[index + 1]?.at ?? endedAt]
      const silentMs = runningMs(from, to, ledger)
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

function checkCritical(ledger: Ledger): string[] {
  const alarms = ledger.scene.configurations.filter(({ source }) => source === 'alarm')
  return alarms.flatMap((configured) =>
    ledger.events.flatMap((event) =>
      ledger.deliveryOf(event, configured).flatMap((delivery) => {
        const sent = ledger.records.deliveries.find(({ id }) => id === delivery.digestId) ?? delivery
        const toldAt = ledger.requestsOf(sent).find((one) => one.shown)?.at ?? ledger.endedAt
        const waitedMs = runningMs(event.ackedAt ?? toldAt, toldAt, ledger)
        if (waitedMs <= longestSilenceMs) return []
        return [`CRITICAL: ${ledger.nameOf(delivery)} had waited for ${Math.round(waitedMs / 1000)} s.`]
      }),
    ),
  )
}

/** How long of it the server was there and itself. */
function runningMs(from: number, to: number, { stops }: Ledger): number {
  const stopped = stops.filter((stop) => stop.from < to && stop.to > from)
  return to - from - stopped.reduce((sum, stop) => sum + stop.to - stop.from, 0)
}
