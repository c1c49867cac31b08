import type { Event } from '../model/event.ts'
import type { Rule } from '../model/rule.ts'
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
export interface Held {
  by: 'pause' | 'approval'
  until: Date | null
}

/** The rules of one source, made ready to be asked often: by event type, in the order they were given. */
export interface CompiledRules {
  byType: ReadonlyMap<string, readonly CompiledConfiguration[]>
}

interface CompiledConfiguration {
  delivery: DecidedDelivery
  choices: Record<string, unknown>
  isWanted: (event: Event) => boolean
}

/** To be done once for every `rulesVersion` of a source. */
export function compileRules(configurations: readonly FanOutConfiguration[]): CompiledRules {
  const byType = new Map<string, CompiledConfiguration[]>()
  for (const configuration of configurations) {
    const compiled = compile(configuration)
    for (const type of configuration.rule.eventTypes) {
      const wanting = byType.get(type)
      if (wanting) wanting.push(compiled)
      else byType.set(type, [compiled])
    }
  }
  return { byType }
}

function compile(configuration: FanOutConfiguration): CompiledConfiguration {
  const { entityId, destinationId, choices, rule } = configuration
  const held = heldBy(configuration)
  return {
    delivery: Object.freeze({ entityId, destinationId, ...(held && { held }) }),
    choices,
    isWanted: compileConditions(rule),
  }
}

export interface FanOutOptions {
  /** The kind's own say, by the choices of each configuration. */
  wants?: ((event: Event, choices: Record<string, unknown>) => boolean) | undefined
  /** The one configuration that the event is for. */
  only?: string | undefined
}

/** The deliveries an event makes: at most one for each configuration, in the order of the configurations. */
export function fanOut(
  event: Event,
  rules: CompiledRules,
  { wants, only }: FanOutOptions = {},
): DecidedDelivery[] {
  const deliveries: DecidedDelivery[] = []
  for (const { delivery, choices, isWanted } of rules.byType.get(event.type) ?? []) {
    if (only !== undefined && delivery.entityId !== only) continue
    if (!isWanted(event)) continue
    if (wants && !wants(event, choices)) continue
    deliveries.push(delivery)
  }
  return deliveries
}

/**
 * Why a configuration's deliveries may not be sent yet. Approval comes first: an administrator's word is
 * missing, and ending a pause must not stand in for it.
 *
 * A rule's quiet hours and digest are kept with it and hold nothing yet: such a channel is sent to at once.
 */
function heldBy({ paused, approved }: FanOutConfiguration): Held | undefined {
  if (!approved) return { by: 'approval', until: null }
  return paused ? { by: 'pause', until: null } : undefined
}
