import { randomBytes } from 'node:crypto'
import { v7 as uuid } from 'uuid'
import { appIdUriOf } from './app-package/build-manifest.ts'
import { createEntraVerifier } from './auth/entra.ts'
import { createOneTimeCodes } from './auth/one-time-codes.ts'
import { createSignIn } from './auth/sign-in.ts'
import type { Config } from './config.ts'
import { createDraw } from './delivery/draw.ts'
import { createSender, urlsKept } from './delivery/send.ts'
import { createWorker } from './delivery/worker.ts'
import { createReceiver } from './events/receive.ts'
import { createMemo } from './lib/memo.ts'
import { createRepeat } from './lib/repeat.ts'
import { inLanguage } from './model/text.ts'
import { checkWebhookUrl } from './model/webhook-url.ts'
import { createSealer } from './secrets/seal.ts'
import { kindOf } from './sources/index.ts'
import { openStorage } from './storage/storage.ts'
import { createLog, type Log } from './telemetry/log.ts'
import { createMetrics } from './telemetry/metrics.ts'

/** What a process may have otherwise than in production. */
export interface ContextOptions {
  log?: Log
  /** Whether memory and event loop are measured too: once a process. */
  watchesProcess?: boolean
  now?: () => Date
  /** From 0 to 1, for the jitter of retries. */
  chance?: () => number
}

/** Four stamped heads are the most that a stopped process can have in flight of one lane. */
const stampsPerLane = 4
const leaseMs = 60_000
/** As many requests in flight at once: enough to keep a fast network busy, few enough for one process. */
const lanesAtOnce = 1024
/** Often enough that a run has little to do. */
const sweepEveryMs = 60 * 60 * 1000

const newSecret = () => randomBytes(32).toString('base64url')

/**
 * Everything with a state, made in the order in which it depends on each other and closed in reverse. The clock,
 * chance and new ids enter the program here.
 */
export async function createContext(config: Config, options: ContextOptions = {}) {
  const { now = () => new Date(), chance = Math.random } = options
  const log = options.log ?? createLog(config.logLevel)
  const metrics = createMetrics({ process: options.watchesProcess ?? false })
  const sealer = createSealer(config.secretKeys)
  const storage = await openStorage({
    databaseUrl: config.databaseUrl,
    sealer,
    now,
    newId: uuid,
    newKey: () => randomBytes(12).toString('base64url'),
  })
  const sender = createSender()
  const check = createMemo((url: string) => checkWebhookUrl(url, config.webhookHosts), urlsKept)
  const worker = createWorker({
    lanes: storage.lanes,
    configurations: storage.configurations,
    send: (url, body) => sendChecked(url, body),
    cut: sender.cut,
    operations: config.operationsConfiguration,
    draw: createDraw({ eventTypes: (kind, settings) => kindOf(kind)?.eventTypes(settings) ?? [] }),
    now,
    chance,
    giveUpAfterMs: config.giveUpAfterHours * 60 * 60 * 1000,
    leaseMs,
    stampsPerLane,
    lanesAtOnce,
    log,
    metrics,
  })
  const receiver = createReceiver({
    storage,
    kindOf,
    now,
    newId: uuid,
    onCommit: worker.wake,
    log,
    metrics,
  })
  const sweeper = createRepeat(sweep, sweepEveryMs)
  const entra =
    config.entra &&
    createEntraVerifier(
      { ...config.entra, appIdUri: appIdUriOf(config.publicUrl, config.entra) },
      { now: () => now().getTime() },
    )
  const signIn =
    config.entra &&
    entra &&
    createSignIn(
      { ...config.entra, publicUrl: config.publicUrl },
      { verifier: entra, now: () => now().getTime(), newSecret },
    )
  const signInCodes = createOneTimeCodes<string>({ now: () => now().getTime(), newCode: newSecret })
  metrics.beforeScrape(async () => {
    const { pending, oldestDueAt, destinations } = await storage.watch()
    metrics.pending.set(pending)
    metrics.oldestDue.set(Math.max(0, now().getTime() - (oldestDueAt ?? now()).getTime()) / 1000)
    for (const [health, count] of Object.entries(destinations)) metrics.destinations.set({ health }, count)
  })

  return {
    config,
    log,
    metrics,
    storage,
    worker,
    receiver,
    sweeper,
    sealer,
    entra,
    signIn,
    signInCodes,
    kindOf,
    now,
    newId: uuid,
    newSecret,
    async close() {
      await sweeper.stop()
      await worker.stop()
      await sender.close()
      await storage.close()
    },
  }

  /** What was allowed when it was saved may not be any more: the list of hosts is a setting. */
  async function sendChecked(url: string, body: string) {
    const checked = check(url)
    if (!checked.ok) return { kind: 'failed' as const, reason: inLanguage(checked.reason, 'en') }
    return sender.send(url, body, { trusted: checked.trusted })
  }

  /** Forgets what is old. A run that fails is told, and is made up for by the next. */
  async function sweep(signal: AbortSignal): Promise<void> {
    const keepMs = config.retentionDays * 24 * 60 * 60 * 1000
    try {
      const swept = await storage.retention.sweep({ keepMs, signal })
      if (Object.values(swept).some((count) => count > 0)) log.info(swept, 'retention.swept')
    } catch (error) {
      log.error({ error }, 'retention.failed')
    }
  }
}

export type Context = Awaited<ReturnType<typeof createContext>>
