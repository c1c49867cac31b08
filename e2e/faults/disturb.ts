/**
 * What goes wrong in a fault run, by seed: the process is killed and frozen, the network is cut, slowed, silenced and
 * refused, Teams lies, and people pause, save and remove. Each goes on beside the others until its time is over;
 * after that the network is good, Teams says the truth, and the server runs.
 *
 * Most kills are aimed, since chance alone seldom hits the moments that matter: a request has just arrived, an answer
 * has just been passed on and perhaps not been settled, the server is starting or stopping.
 */
import { setTimeout as wait } from 'node:timers/promises'
import type { SimulatedTeams } from '../teams/simulated-teams.ts'
import type { Chance } from './chance.ts'
import type { Keeper } from './keeper.ts'
import { lies, savingAnswers } from './lies.ts'
import type { People } from './people.ts'
import type { Proxy, Weather } from './proxy.ts'
import { liedTo, type Scene } from './scene.ts'

export interface DisturbOptions {
  keeper: Keeper
  proxy: Proxy
  teams: SimulatedTeams
  scene: Scene
  people: People
  chance: Chance
  kills: number
  /** Within which the kills are; freezes come on top. */
  seconds: number
  freezes: number
  freezeSeconds: number
}

export const goodWeather: Weather = { is: 'passing', pieceBytes: 65_536, delayMs: 25 }

export async function disturb(options: DisturbOptions): Promise<void> {
  const over = new AbortController()
  const { signal } = over
  try {
    await Promise.all([
      disturbProcess(options).finally(() => over.abort()),
      disturbNetwork(options, signal),
      tellLies(options, signal),
      changeMinds(options, signal),
    ])
  } finally {
    over.abort()
    options.teams.clearScripts()
    await options.proxy.weather(goodWeather)
  }
}

async function disturbProcess(options: DisturbOptions): Promise<void> {
  const { keeper, kills, seconds, freezes, freezeSeconds } = options
  const chance = options.chance.branch('process')
  const nextHow = chance.deck(hows)
  const began = Date.now()
  const freezeAfter = new Set(
    Array.from({ length: freezes }, (_, n) => Math.ceil((kills * (n + 0.5)) / freezes)),
  )
  let frozenMs = 0
  const isOver = () => {
    const killed = keeper.stops.filter(({ kind }) => kind === 'kill').length
    // On a busy machine each start takes long: the run is bounded, and tells how many there were.
    return killed >= kills || Date.now() - began > seconds * 1200 + frozenMs
  }
  for (let kill = 1; !isOver(); kill += 1) {
    const dueMs = ((kill - chance.between(0.1, 0.9)) * seconds * 1000) / kills + frozenMs
    await wait(Math.max(fewestMs, began + dueMs - Date.now()))
    await killSomehow(options, nextHow(), chance)
    if (!freezeAfter.has(kill)) continue
    const ms = freezeSeconds * 1000 * chance.between(1, 1.1)
    await aim(options, 'a request arrived')
    await keeper.freeze(ms)
    frozenMs += ms
  }
  await wait(Math.max(0, began + seconds * 1000 + frozenMs - Date.now()))
}

/** However long a start took, the server does some work before it is killed again. */
const fewestMs = 700

const hows = ['at random', 'a request arrived', 'an answer passed', 'starting', 'stopping'] as const
type How = (typeof hows)[number]

async function killSomehow(options: DisturbOptions, how: How, chance: Chance): Promise<void> {
  const { keeper } = options
  const soon = chance.between(0, 1)
  switch (how) {
    case 'starting':
      return keeper.killStarting(soon * 900)
    case 'stopping':
      return keeper.killStopping(soon * 250)
    case 'at random':
      return keeper.kill(how)
    case 'a request arrived':
      await aim(options, how)
      return keeper.kill('as a request arrived')
    case 'an answer passed':
      await aim(options, how)
      await wait(soon * 12)
      return keeper.kill('as an answer was passed')
    default:
      return how satisfies never
  }
}

/** Waits for such a moment, but not for long. */
async function aim({ teams, proxy }: DisturbOptions, at: How): Promise<void> {
  const lastId = teams.received.at(-1)?.id ?? 0
  const moment = at === 'an answer passed' ? proxy.answer() : teams.arrival(({ id }) => id > lastId, 1500)
  await Promise.race([moment.catch(() => undefined), wait(1500)])
}

async function disturbNetwork({ proxy, seconds, chance }: DisturbOptions, over: AbortSignal): Promise<void> {
  const own = chance.branch('network')
  // Each cut makes every busy lane wait; two in a row make it wait for half a minute.
  const every = Math.max(9, seconds / 12)
  const nextFault = own.deck(['cut', 'slow', 'silent', 'refusing'] as const)
  for (;;) {
    if (!(await pause(every * own.between(0.6, 1.2), over))) return
    const what = nextFault()
    const forSeconds = own.between(0.5, 3)
    if (what === 'cut') {
      proxy.cut()
      continue
    }
    const delayMs = own.whole(20, 60)
    await proxy.weather(what === 'slow' ? { is: 'passing', pieceBytes: 160, delayMs } : { is: what })
    const goesOn = await pause(forSeconds, over)
    await proxy.weather(goodWeather)
    if (!goesOn) return
  }
}

/** One lie at a time and destination; each lie has its turn. */
async function tellLies({ teams, scene, chance }: DisturbOptions, over: AbortSignal): Promise<void> {
  const own = chance.branch('lies')
  const urls = scene.destinations.filter(({ name }) => liedTo.some((one) => one === name))
  let turn = own.whole(0, lies.length - 1)
  const saving = scene.destinations.find(({ name }) => name === 'still saving')
  if (saving) {
    teams.script(saving.webhookUrl, savingAnswers)
    // A save takes well under two minutes, however rarely it was asked about.
    void pause(90, over).then(() => teams.clearScripts(saving.webhookUrl))
  }
  while (await pause(0.5, over)) {
    const unused = new Set(teams.unusedScripts().map(({ target }) => target))
    for (const { webhookUrl } of urls) {
      if (unused.has(webhookUrl) || !own.happens(0.5)) continue
      const [, make] = lies[turn % lies.length] ?? lies[0]
      teams.script(webhookUrl, [make()])
      turn += 1
    }
  }
}

/** A pause and its end, over and over; one removal, and one connector that ends in Teams. */
async function changeMinds(
  { people, teams, scene, seconds, chance }: DisturbOptions,
  over: AbortSignal,
): Promise<void> {
  const own = chance.branch('people')
  const removal = async () => {
    if (await pause(seconds * own.between(0.4, 0.7), over)) await people.remove('removed')
  }
  // Within two minutes of its save, 410 means that the save goes on.
  const end = async () => {
    const gone = scene.destinations.find(({ name }) => name === 'gone')
    if (gone && (await pause(130, over))) teams.removeConnector(gone.connectorId)
  }
  const pauses = async () => {
    while (await pause(own.between(0.1, 0.2) * seconds, over)) {
      await people.save('paused', { paused: true })
      await pause(own.between(0.05, 0.1) * seconds, over)
      await people.save('paused', { paused: false })
    }
  }
  await Promise.all([removal(), end(), pauses()])
}

/** Answers whether the run goes on. */
async function pause(seconds: number, over: AbortSignal): Promise<boolean> {
  if (over.aborted) return false
  await wait(seconds * 1000, undefined, { signal: over }).catch(() => undefined)
  return !over.aborted
}
