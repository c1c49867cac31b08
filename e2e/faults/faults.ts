import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { account } from './account.ts'
import { createChance } from './chance.ts'
import type { Keeper } from './keeper.ts'
import { report } from './report.ts'
import { run } from './run.ts'

/**
 * `npm run faults`: the built server against the simulated Teams while it is killed, frozen and cut off, and lied to,
 * at a rate far above Teams' windows; then every event is accounted for. Ends with 1 when anything is wrong. The
 * seed comes first, so that a run can be made again: the same faults at the same times, as far as time allows.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    /** A version for every test run: a minute at the most. */
    short: { type: 'boolean', default: false },
    kills: { type: 'string' },
    seconds: { type: 'string' },
    freezes: { type: 'string' },
    'freeze-seconds': { type: 'string' },
    'settle-seconds': { type: 'string' },
    'events-per-second': { type: 'string' },
    /** Another build, to see the run fail. */
    server: { type: 'string' },
    json: { type: 'string' },
  },
})
const number = (
  name: 'kills' | 'seconds' | 'freezes' | 'freeze-seconds' | 'settle-seconds' | 'events-per-second',
  usual: number,
) => Number(values[name] ?? usual)
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 32))
const wanted = values.short
  ? { kills: 7, seconds: 24, freezes: 1, freezeSeconds: 2, settleSeconds: 18 }
  : { kills: 50, seconds: 160, freezes: 2, freezeSeconds: 62, settleSeconds: 242 }
const options = {
  kills: number('kills', wanted.kills),
  seconds: number('seconds', wanted.seconds),
  freezes: number('freezes', wanted.freezes),
  freezeSeconds: number('freeze-seconds', wanted.freezeSeconds),
  settleSeconds: number('settle-seconds', wanted.settleSeconds),
  eventsPerSecond: number('events-per-second', 20),
}

console.log(`seed ${seed}${values.short ? ' (--short)' : ''}`)
let keeper: Keeper | undefined
const { seconds, freezes, freezeSeconds, settleSeconds } = options
const longest = seconds + freezes * freezeSeconds * 1.1 + settleSeconds + 60
const tooLong = setTimeout(
  () => giveUp(`The run did not end within ${Math.round(longest)} s.`),
  longest * 1000,
)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => giveUp(`Ended by ${signal}.`))

try {
  const finished = await run({
    ...options,
    chance: createChance(seed),
    server: values.server,
    say: (line) => console.log(line),
    keeping: (made) => void (keeper = made),
  })
  const told = account(finished)
  told.faults.unshift(...finished.complaints)
  console.log(`\n${report(finished, told)}`)
  if (values.json)
    writeFileSync(
      values.json,
      `${JSON.stringify({ seed, options, stops: finished.stops, ...told }, null, 2)}\n`,
    )
  process.exitCode = told.faults.length === 0 ? 0 : 1
} catch (error) {
  console.error(error)
  process.exitCode = 1
} finally {
  clearTimeout(tooLong)
}
// A run that failed half-way has left senders that repeat for ever.
process.exit()

/** The one process that was started must not be left behind, least of all a frozen one. */
function giveUp(why: string): void {
  keeper?.endAtOnce()
  console.error(why)
  process.exit(1)
}
