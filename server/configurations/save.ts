import { isDeepStrictEqual } from 'node:util'
import { AppError } from '../errors.ts'
import type { ConfigurationInput } from '../model/configuration.ts'
import type { Transport } from '../model/destination.ts'
import { checkWebhookUrl } from '../model/webhook-url.ts'
import { holdsAt } from '../rules/held-until.ts'
import { wantsMore } from '../rules/wants-more.ts'
import type { Kind } from '../sources/source.ts'
import type { Storage, StoredConfiguration, StoredSource } from '../storage/storage.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import { type Caller, mayChange, visibleTo } from './caller.ts'
import { checkChoices } from './check-choices.ts'
import { checkRule, isTimeZone } from './check-rule.ts'
import { isSeen, stale } from './seen.ts'

export interface SaveTools {
  storage: Pick<Storage, 'configurations' | 'sources'>
  kindOf: (id: string) => Kind | undefined
  /** WEBHOOK_HOSTS */
  webhookHosts: readonly string[]
  /** Notices are owed to destinations: something may be due. */
  onCommit: () => void
  now: () => Date
  metrics: Pick<Metrics, 'deliveries'>
}

export interface Save {
  entityId: string
  input: ConfigurationInput
  caller: Caller
  /** From `If-Match`; absent when the caller does not say what they saw. */
  ifVersion?: number | '*' | undefined
}

/**
 * Creates or replaces a configuration. Everything that can be wrong with it is found before anything is written,
 * and what is written is one transaction.
 *
 * A channel is welcomed when its configuration becomes active: at once, or when an administrator approves it, where
 * the source asks for that; it asks again when the channel wants more, or elsewhere. When an edit changes the URL, the
 * old destination is told, so that nobody can quietly lead a channel's cards elsewhere. A next URL that may not be used is dropped: the person
 * never saw it, since it only stood in the settings of Teams.
 *
 * @throws {AppError} `configuration-unknown`, `forbidden`, `stale`, `source-not-available`, `event-type-unknown`,
 *   `choices-invalid`, `rule-invalid`, `webhook-url-missing`, `webhook-url-invalid`, `request-invalid`
 */
export async function saveConfiguration(save: Save, tools: SaveTools): Promise<Saved> {
  for (let redone = 0; redone < mostRedone; redone++) {
    const written = await checkAndWrite(save, tools)
    if (written !== 'stale') {
      tools.onCommit()
      return written
    }
    if (save.ifVersion !== undefined) break
  }
  throw stale()
}

export interface Saved {
  created: boolean
  configuration: StoredConfiguration
  /** Whether a next URL was sent that cards may not be sent to. */
  nextUrlDropped: boolean
}

/** Someone who does not say what they saw wins over others' changes, but every time it is checked that they may. */
const mostRedone = 5

/** What was read and allowed is what is replaced, or `'stale'`: nobody gets past the checks by being quick. */
async function checkAndWrite(
  { entityId, input, caller, ifVersion }: Save,
  tools: SaveTools,
): Promise<Saved | 'stale'> {
  const { configurations } = tools.storage
  const found = await configurations.read(entityId)
  const before = found && visibleTo(caller, found)
  if (before) {
    const { webhookUrl } = input
    await mayChange(
      caller,
      before,
      async () => webhookUrl !== undefined && configurations.provesUrl(entityId, webhookUrl),
    )
  }
  if (!isSeen(before, ifVersion)) return 'stale'
  checkReader(input)
  const { source, kind } = await findSource(input.sourceId, tools)
  // What a source no longer tells does no harm: who mends a name or a URL need not know what to choose instead.
  const isSameSource = before?.sourceId === source.id
  if (!isSameSource || !isDeepStrictEqual(input.rule, before.rule)) checkRule(input.rule, kind, source)
  if (!isSameSource || !isDeepStrictEqual(input.choices, before.choices)) checkChoices(input.choices, kind)
  const destination =
    input.webhookUrl === undefined ? undefined : toDestination(input.webhookUrl, input, tools)
  const next =
    input.nextUrl === undefined
      ? undefined
      : checkWebhookUrl(input.nextUrl, tools.webhookHosts, input.transport)
  if (!before && !destination) {
    throw new AppError('webhook-url-missing', {
      public: {
        en: 'Teams gave no webhook URL. Close this dialog, open it again from the channel and press Save once more.',
        fr: 'Teams n’a donné aucune URL de webhook. Fermez cette boîte de dialogue, rouvrez-la depuis le canal et enregistrez à nouveau.',
        zh: 'Teams 未提供 Webhook URL。请关闭此对话框，从频道中重新打开，然后再次保存。',
      },
    })
  }

  const movesAway =
    before !== undefined &&
    destination !== undefined &&
    !(await configurations.provesUrl(entityId, destination.url))
  const wasActive = isSameSource && before.state === 'active'
  // What an administrator approved is what its source tells of these events, there: anything else is asked for anew.
  const isAsApproved = wasActive && !movesAway && !asksForMore(input, before)
  const approved =
    source.access === 'everyone' ||
    isAsApproved ||
    (caller.isAdministrator && (!before || before.state === 'active'))
  const { name, sourceId, choices, rule, host, locale, zone, place, paused } = input
  const written = await configurations.write(
    {
      entityId,
      tenantId: before?.tenantId ?? tenantFor(caller, input),
      makerOid: caller.oid ?? null,
      fields: { name: name.trim(), sourceId, choices, rule, host, locale, zone, place, paused },
      ...(destination && { destination }),
      next: next?.ok ? { url: next.url, transport: next.transport } : undefined,
      userObjectId: input.userObjectId,
      approved,
      ...holdsAt(rule, tools.now()),
      ...(approved && before?.state !== 'active' && { notice: welcomeOf(source, kind, input) }),
      ...(movesAway && { noticeOnOld: { about: 'moved', configurationName: before.name } }),
      who: caller.who,
    },
    before?.version ?? 'new',
  )
  if (written === 'source gone') throw sourceGone()
  return written === 'stale' ? written : { ...written, nextUrlDropped: next?.ok === false }
}

function asksForMore({ rule, choices }: ConfigurationInput, before: StoredConfiguration): boolean {
  return wantsMore(rule, before.rule) || !isDeepStrictEqual(choices, before.choices)
}

function tenantFor(caller: Caller, { tenantId }: ConfigurationInput): string {
  const theirs = caller.tenantId ?? tenantId
  if (theirs) return theirs
  throw new AppError('request-invalid', { public: 'Say whose it is: `tenantId` is missing.' })
}

/** Cards are written in the configuration's language and zone: both must be ones that dates can be told in. */
function checkReader({ locale, zone }: ConfigurationInput): void {
  if (!isTimeZone(zone)) {
    throw new AppError('request-invalid', {
      public: {
        en: '/zone is not a time zone. Send a name such as Europe/Paris.',
        fr: '/zone n’est pas un fuseau horaire. Indiquez un nom tel que Europe/Paris.',
        zh: '/zone 不是时区。请使用 Europe/Paris 这样的名称。',
      },
    })
  }
  try {
    Intl.getCanonicalLocales(locale)
  } catch {
    throw new AppError('request-invalid', {
      public: {
        en: '/locale is not a language tag. Send one such as fr-FR.',
        fr: '/locale n’est pas un code de langue. Indiquez-en un tel que fr-FR.',
        zh: '/locale 不是语言标记。请使用 fr-FR 这样的标记。',
      },
    })
  }
}

async function findSource(
  sourceId: string,
  { storage, kindOf }: SaveTools,
): Promise<{ source: StoredSource; kind: Kind }> {
  const source = await storage.sources.read(sourceId)
  const kind = source && kindOf(source.kind)
  if (source && kind) return { source, kind }
  throw sourceGone()
}

export function sourceGone(): AppError {
  return new AppError('source-not-available', {
    public: {
      en: 'This source does not exist any more. Choose another one.',
      fr: 'Cette source n’existe plus. Choisissez-en une autre.',
      zh: '此来源已不存在。请选择其他来源。',
    },
  })
}

function toDestination(
  webhookUrl: string,
  { transport }: ConfigurationInput,
  { webhookHosts }: SaveTools,
): { url: string; transport: Transport } {
  const checked = checkWebhookUrl(webhookUrl, webhookHosts, transport)
  if (checked.ok) return { url: checked.url, transport: checked.transport }
  throw new AppError('webhook-url-invalid', { public: checked.reason })
}

/** What a channel is told once its configuration is active. */
export function welcomeOf(source: StoredSource, kind: Kind, { rule }: Pick<ConfigurationInput, 'rule'>) {
  const titles = new Map(kind.eventTypes(source.settings).map(({ type, title }) => [type, title]))
  const eventTypes = rule.eventTypes.map((type) => titles.get(type) ?? type)
  return { about: 'welcome' as const, sourceName: source.name, eventTypes }
}
