import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { measureFanOut, profileFanOut } from './fan-out.ts'
import { measureFirstByte } from './first-byte.ts'
import { measureIntake } from './intake.ts'
import { measureNeighbours } from './neighbours.ts'
import { measurePage } from './page.ts'
import { createPlace } from './place.ts'
import { type Circumstances, type Row, table, writeJson } from './report.ts'
import { builtServer } from './server-process.ts'
import { measureStart } from './start.ts'
import { measureWaiting } from './waiting.ts'

/**
 * `npm run bench`: what Cardwire does, beside what it is measured against, in one run on one machine. Rounds of
 * both take turns, so that a noisy neighbour disturbs both; medians are told. It sends to loopback only, ends by
 * itself, and leaves nothing behind.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    destinations: { type: 'string', default: '10000' },
    events: { type: 'string', default: '20000' },
    /** How long each round lasts that sends on a schedule. */
    seconds: { type: 'string', default: '10' },
    /** Some of the measurements, by name. */
    only: { type: 'string', multiple: true },
    json: { type: 'string' },
    /** Where the time of a fan-out goes, instead of figures. */
    profile: { type: 'boolean', default: false },
    /** Another build than the one in `dist/`. */
    server: { type: 'string', default: builtServer },
  },
})

/** No channel is sent more than eighty cards by one measurement: from there on Teams' windows would be measured. */
const rounds = Math.min(Number(values.rounds), 60)
/** Of what takes its time however fast we are. */
const longRounds = Math.min(rounds, 3)
const destinations = Number(values.destinations)
const seconds = Math.min(Number(values.seconds), 30)
const at = { place: createPlace(), main: values.server }
const measurements: Record<string, () => Promise<Row[]>> = {
  'fan-out': () => measureFanOut({ ...at, rounds, destinations }),
  intake: () => measureIntake({ ...at, rounds, events: Number(values.events) }),
  'first-byte': () => measureFirstByte({ ...at, rounds: longRounds, seconds }),
  neighbours: () => measureNeighbours({ ...at, rounds: longRounds, seconds: seconds * 0.6 }),
  waiting: () => measureWaiting({ ...at, rounds: Math.min(rounds, 2), destinations }),
  start: () => measureStart({ ...at, rounds: longRounds, destinations }),
  page: () => measurePage({ ...at, rounds }),
}

/** Several times what it takes; whatever hangs is ended with it. */
const longestMs = 30 * 60 * 1000
setTimeout(() => fail(new Error('It did not end in time.')), longestMs).unref()

if (values.profile) console.log(await profileFanOut({ ...at, rounds, destinations }))
else await measure(values.only ?? Object.keys(measurements))
process.exit()

async function measure(names: string[]): Promise<void> {
  const circumstances: Circumstances = {
    machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node.js ${process.versions.node}`,
    loadAverage: loadavg()[0] ?? 0,
    rounds,
    at: new Date().toISOString(),
  }
  const rows: Row[] = []
  for (const name of names) {
    const measurement = measurements[name]
    if (!measurement) fail(new Error(`Measured are ${Object.keys(measurements).join(', ')}; not ${name}.`))
    const startedAt = performance.now()
    rows.push(...(await measurement().catch((error: unknown) => fail(error, rows, circumstances))))
    console.error(`${name}: ${Math.round((performance.now() - startedAt) / 1000)} s`)
  }
  console.log(table(rows, circumstances))
  if (values.json) writeJson(values.json, rows, circumstances)
}

/** What was measured before is told all the same. */
function fail(error: unknown, rows: Row[] = [], circumstances?: Circumstances): never {
  if (circumstances && rows.length > 0) console.log(table(rows, circumstances))
  console.error(error)
  process.exit(1)
}
