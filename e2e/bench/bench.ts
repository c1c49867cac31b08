import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { measureFanOut } from './fan-out.ts'
import { measureIntake } from './intake.ts'
import { report } from './report.ts'

/**
 * `npm run bench`: what Cardwire does, beside what it is measured against, in one run on one machine. Rounds of
 * both take turns, so that a noisy neighbour disturbs both; medians are told.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    destinations: { type: 'string', default: '10000' },
    events: { type: 'string', default: '20000' },
    json: { type: 'string' },
  },
})
const rounds = Number(values.rounds)

const rows = [
  await measureFanOut({ rounds, destinations: Number(values.destinations) }),
  await measureIntake({ rounds, events: Number(values.events), connections: 64 }),
]
const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}`
report(rows, { machine, json: values.json })
