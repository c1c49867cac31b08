import type { Event } from '../model/event.ts'
import type { Rule } from '../model/rule.ts'
import { type Hold, rememberHeldUntil } from './held-until.ts'
import { compileConditions } from './matches.ts'

/** What the fan-out needs of a configuration. */
export interface FanOutConfiguration {
  entityId: string
  destinationId: string
  rule: Rule
  choices: Record<string, unknown>
  paused: boolean
  approved: boolean
}

/** A delivery as the fan-out decides it; without `held` it may be sent at once. */
export interface DecidedDelivery {
  entityId: string
  destinationId: string
  held?: Held
}

/** `until` null: until someone lets it go. */
export type Held = { by: 'pause' | 'approval'; until: null } | Hold

/** The rules of one source, made ready to be asked often: by event type, in the order they were given. */
export interface CompiledRules {
  byType: ReadonlyMap<string, readonly CompiledConfiguration[]>
}

interface CompiledConfiguration {
  delivery: DecidedDelivery
  choices: Record<string, unknown>
  isWanted: (event: Event) => boolean
  /** Absent where the rule never holds, or the delivery is held whatever the time. */
  heldAt: HeldAt | undefined
}

type HeldAt = ReturnType<typeof rememberHeldUntil>

/** To be done once for every `rulesVersion` of a source. */
export function compileRules(configurations: readonly FanOutConfiguration[]): CompiledRules {
  const byType = new Map<string, CompiledConfiguration[]>()
  const timings = new Map<string, HeldAt>()
  for (const configuration of configurations) {
    const compiled = compile(configuration, timings)
    for (const type of configuration.rule.eventTypes) {
      const wanting = byType.get(type)
      if (wanting) wanting.push(compiled)
      else byType.set(type, [compiled])
    }
  }
  return { byType }
}

function compile(configuration: FanOutConfiguration, timings: Map<string, HeldAt>): CompiledConfiguration {
  const { entityId, destinationId, choices, rule } = configuration
  const held = heldBySomeone(configuration)
  return {
    delivery: Object.freeze({ entityId, destinationId, ...(held && { held }) }),
    choices,
    isWanted: compileConditions(rule),
    heldAt: held ? undefined : heldByTime(rule, timings),
  }
}

export interface FanOutOptions {
  /** When the event is received: what quiet hours and digests go by. */
  now: Date
  /** The kind's own say, by the choices of each configuration. */
  wants?: ((event: Event, choices: Record<string, unknown>) => boolean) | undefined
  /** The one configuration that the event is for. */
  only?: string | undefined
}

/** The deliveries an event makes: at most one for each configuration, in the order of the configurations. */
export function fanOut(
  event: Event,
  rules: CompiledRules,
  { now, wants, only }: FanOutOptions,
): DecidedDelivery[] {
  const deliveries: DecidedDelivery[] = []
  const critical = event.severity === 'critical'
  for (const { delivery, choices, isWanted, heldAt } of rules.byType.get(event.type) ?? []) {
    if (only !== undefined && delivery.entityId !== only) continue
    if (!isWanted(event)) continue
    if (wants && !wants(event, choices)) continue
    const held = heldAt?.(critical, now)
    deliveries.push(held ? { ...delivery, held } : delivery)
  }
  return deliveries
}

/**
 * Why a configuration's deliveries may not be sent before someone says so. Approval comes first: an administrator's
 * word is missing, and ending a pause must not stand in for it. Either comes before what time alone would end.
 */
function heldBySomeone({ paused, approved }: FanOutConfiguration): Held | undefined {
  if (!approved) return { by: 'approval', until: null }
  return paused ? { by: 'pause', until: null } : undefined
}

/** Thousands of channels share a few quiet hours and digests: each is reckoned once for all of them. */
function heldByTime({ quietHours, digest }: Rule, timings: Map<string, HeldAt>): HeldAt | undefined {
  if (!quietHours && !digest) return undefined
  const key = JSON.stringify([quietHours, digest])
  const heldAt = timings.get(key) ?? rememberHeldUntil({ quietHours, digest })
  timings.set(key, heldAt)
  return heldAt
}
