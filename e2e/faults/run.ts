import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from '../free-port.ts'
import { createSimulatedTeams } from '../teams/simulated-teams.ts'
import type { Chance } from './chance.ts'
import { disturb, goodWeather } from './disturb.ts'
import { createKeeper, type Keeper } from './keeper.ts'
import type { Run } from './ledger.ts'
import { startLoad } from './load.ts'
import { createPeople } from './people.ts'
import { createProxy } from './proxy.ts'
import { countMovable, readRecords } from './records.ts'
import { createScene, type SourceName } from './scene.ts'

export interface RunOptions {
  chance: Chance
  kills: number
  seconds: number
  freezes: number
  freezeSeconds: number
  eventsPerSecond: number
  /** How long the rest may take once all is well again. */
  settleSeconds: number
  /** The built server; absent: the one in `dist/`. */
  server: string | undefined
  say(line: string): void
  /** Told at once, so that whoever ends this process early can end that one too. */
  keeping(keeper: Keeper): void
}

/** What a run leaves behind for the account. */
export interface Finished extends Run {
  complaints: string[]
  warnings: ReadonlyMap<string, number>
}

const adminToken = 'admin-token-of-the-fault-run'

/** So many events in all, so that no channel that wants these alone comes near Teams' windows. */
const harbourEvents = 36
const alarms = 8

/**
 * One fault run: everything in a world of its own on loopback, the load and the faults beside each other, then good
 * weather until nothing moves any more, then a graceful stop. Nothing is left of it but what is known.
 */
export async function run(options: RunOptions): Promise<Finished> {
  const folder = mkdtempSync(join(tmpdir(), 'cardwire-faults-'))
  const databasePath = join(folder, 'cardwire.db')
  const teams = await createSimulatedTeams()
  const proxy = await createProxy({ teamsPort: teams.port, weather: goodWeather })
  const origin = `http://127.0.0.1:${proxy.port}`
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const keeper = createKeeper({
    main: options.server,
    environment: {
      PORT: String(port),
      PUBLIC_URL: url,
      DATABASE_URL: `file:${databasePath}`,
      ADMIN_TOKEN: adminToken,
      SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
      WEBHOOK_HOSTS: origin,
    },
  })
  options.keeping(keeper)
  try {
    await keeper.start()
    const scene = createScene(teams, origin)
    const people = createPeople({ url, adminToken, scene })
    const connect = async (name: SourceName, eventsPerSecond: number) => ({
      ...(await people.connect(name)),
      name,
      eventsPerSecond,
    })
    const allSeconds = options.seconds + options.freezes * options.freezeSeconds
    const senders = [
      await connect('harbour', harbourEvents / allSeconds),
      await connect('river', options.eventsPerSecond),
      await connect('alarm', alarms / allSeconds),
    ]
    for (const { name } of scene.configurations) await people.save(name)
    await until(() => countMovable(databasePath, Number.MAX_SAFE_INTEGER) === 0, 20)
    const welcomed = teams.received.at(-1)?.id ?? 0
    options.say(`${scene.configurations.length} configurations at ${scene.destinations.length} destinations`)

    const load = startLoad({ senders, chance: options.chance.branch('load') })
    await disturb({ ...options, keeper, proxy, teams, scene, people })
    await load.stop()
    const killed = keeper.stops.filter(({ kind }) => kind === 'kill').length
    if (killed < options.kills)
      options.say(`only ${killed} of ${options.kills} kills: each start takes long here`)
    options.say(
      `${load.events.length} events were answered 202; all is well again, and the rest is waited for`,
    )
    const patienceEndsAt = Date.now() + options.settleSeconds * 1000
    await until(() => countMovable(databasePath, patienceEndsAt) === 0, options.settleSeconds)
    const endedAt = Date.now()
    await keeper.stop()
    return {
      scene,
      events: load.events,
      requests: teams.received.filter(({ id }) => id > welcomed),
      links: proxy.links,
      stops: keeper.stops,
      removals: people.removals,
      records: readRecords(databasePath),
      endedAt,
      complaints: [...keeper.complaints, ...load.complaints],
      warnings: keeper.warnings,
    }
  } finally {
    keeper.endAtOnce()
    await proxy.close()
    await teams.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Waits for a condition, but no longer than so many seconds; the account tells what was not reached. */
async function until(holds: () => boolean, seconds: number): Promise<void> {
  const end = Date.now() + seconds * 1000
  while (Date.now() < end && !holds()) await wait(250)
}
