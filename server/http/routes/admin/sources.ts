import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { Uuid } from '../../../model/ids.ts'
import { Losses, NewSource, Refusal, SampleRequest, Source, SourceEdit } from '../../../model/source.ts'
import { inLanguage } from '../../../model/text.ts'
import type { Kind } from '../../../sources/source.ts'
import type { Storage, StoredSource } from '../../../storage/storage.ts'
import { askedLanguage, tellLanguage } from '../../asked-language.ts'
import type { HttpPlugin } from '../../build-http.ts'
import { checkSettings } from '../../check-settings.ts'
import { IfMatch, toETag, versionIn } from '../../e-tag.ts'
import { problems } from '../../plugins/problems.ts'
import { noteInLog } from '../../plugins/request-log.ts'
import { sampleRequest } from '../../sample-request.ts'
import { titlesOf } from '../../titles-of.ts'
import type { Who } from '../../who.ts'
import { explainRefusal } from './explain-refusal.ts'
import { sourceRefusals } from './source-refusals.ts'

export interface AdminSourcesOptions {
  storage: Pick<Storage, 'sources' | 'overview'>
  kindOf: (id: string) => Kind | undefined
  who: Who
  publicUrl: string
  /** Unguessable: what a new source's senders prove themselves with. */
  newSecret: () => string
}

const tags = ['administration']
const params = Type.Object({ id: Uuid })
const secret = Type.String({
  description: 'Shown this once. Keep it where the tracked system keeps its secrets.',
})
const description = 'Titles are in the language of `Accept-Language`: English, French or Simplified Chinese.'
const ids = Type.Pick(Source, ['id', 'key', 'url'])
const sample = Type.Optional(SampleRequest)

/** Connected systems, for administrators. */
export const adminSourceRoutes: HttpPlugin<AdminSourcesOptions> = async (http, options) => {
  const { storage, kindOf, who, publicUrl, newSecret } = options
  /** As a source is told to who asks. */
  const telling = (request: FastifyRequest, reply: FastifyReply) => {
    const language = askedLanguage(request)
    tellLanguage(reply, language)
    return (source: StoredSource) => {
      const kind = kindOf(source.kind)
      const proof = kind ? inLanguage(kind.proofInWords(source.settings), language) : ''
      return toSource(source, publicUrl, { ...titlesOf(source, kind, language), proof })
    }
  }
  http.addHook('onRequest', async (request) => void (await who.requireAdministrator(request)))

  http.get(
    '/api/admin/sources',
    {
      schema: {
        tags,
        summary: 'List all sources',
        description,
        response: {
          200: Type.Object({ items: Type.Array(Source) }),
          ...problems('unauthenticated', 'forbidden'),
        },
      },
    },
    async (request, reply) => {
      await who.requireAdministrator(request)
      const sources = await storage.sources.list()
      return { items: sources.map(telling(request, reply)) }
    },
  )

  http.post(
    '/api/admin/sources',
    {
      schema: {
        tags,
        summary: 'Connect a system',
        body: NewSource,
        response: {
          201: Type.Object({ ...ids.properties, secret, sample }),
          ...problems('request-invalid', 'unauthenticated', 'forbidden', 'kind-unknown', 'settings-invalid'),
        },
      },
    },
    async (request, reply) => {
      const administrator = await who.requireAdministrator(request)
      const { kind: kindId, name, settings = {}, access = 'everyone' } = request.body
      const kind = kindOf(kindId)
      if (!kind) throw sourceRefusals.kindUnknown(kindId)
      const checked = checkSettings(kind, settings)
      const made = request.body.secret ?? newSecret()
      const source = await storage.sources.create({
        kind: kindId,
        name,
        settings: checked,
        access,
        secret: made,
        who: administrator.who,
      })
      noteInLog(request, { sourceId: source.id })
      const { id, key } = source
      const url = urlOf(source, publicUrl)
      return reply
        .code(201)
        .header('etag', toETag(source.version))
        .send({ id, key, url, secret: made, ...sampleOf(kind, checked, made) })
    },
  )

  http.get(
    '/api/admin/sources/:id',
    {
      schema: {
        tags,
        summary: 'Read a source',
        description,
        params,
        response: { 200: Source, ...problems('unauthenticated', 'forbidden', 'source-unknown') },
      },
    },
    async (request, reply) => {
      await who.requireAdministrator(request)
      const source = known(await storage.sources.read(request.params.id))
      return reply.header('etag', toETag(source.version)).send(telling(request, reply)(source))
    },
  )

  http.get(
    '/api/admin/sources/:id/refusals',
    {
      schema: {
        tags,
        summary: 'Read which of its requests were refused',
        description:
          'Newest first: the last twenty of seven days, at most one a second. A system whose every request is refused is heard of here only.',
        params,
        response: {
          200: Type.Object({ items: Type.Array(Refusal) }),
          ...problems('unauthenticated', 'forbidden', 'source-unknown'),
        },
      },
    },
    async (request, reply) => {
      await who.requireAdministrator(request)
      const { id } = known(await storage.sources.read(request.params.id))
      const language = askedLanguage(request)
      tellLanguage(reply, language)
      const refusals = await storage.overview.refusals(id)
      return {
        items: refusals.map((one) => ({ at: one.at, code: one.code, why: explainRefusal(one, language) })),
      }
    },
  )

  http.put(
    '/api/admin/sources/:id',
    {
      schema: {
        tags,
        summary: 'Edit, pause or resume a source, or rotate its secret',
        description,
        params,
        headers: IfMatch,
        body: SourceEdit,
        response: {
          200: Type.Object({ ...Source.properties, secret: Type.Optional(secret), sample }),
          ...problems(
            'request-invalid',
            'unauthenticated',
            'forbidden',
            'source-unknown',
            'stale',
            'settings-invalid',
          ),
        },
      },
    },
    async (request, reply) => {
      const administrator = await who.requireAdministrator(request)
      const { id } = request.params
      const before = known(await storage.sources.read(id))
      const kind = kindOf(before.kind)
      const { name, access, paused = before.paused, secrets = 'keep' } = request.body
      const settings = kind ? checkSettings(kind, request.body.settings) : before.settings
      const added = secrets === 'rotate' ? newSecret() : undefined
      const edited = await storage.sources.edit(
        id,
        { name, settings, access, paused, ...changeOf(secrets, added), who: administrator.who },
        asVersion(request.headers['if-match']),
      )
      if (edited === 'stale') throw sourceRefusals.stale()
      const source = known(edited)
      noteInLog(request, { sourceId: id })
      return reply.header('etag', toETag(source.version)).send({
        ...telling(request, reply)(source),
        ...(added !== undefined && { secret: added, ...(kind && sampleOf(kind, settings, added)) }),
      })
    },
  )

  http.post(
    '/api/admin/sources/:id/losses',
    {
      schema: {
        tags,
        summary: 'Ask what other settings would take from whom',
        description: 'Nothing is changed: an edit with these settings goes through all the same.',
        params,
        body: Type.Pick(SourceEdit, ['settings'], { additionalProperties: false }),
        response: {
          200: Losses,
          ...problems(
            'request-invalid',
            'unauthenticated',
            'forbidden',
            'source-unknown',
            'settings-invalid',
          ),
        },
      },
    },
    async (request, reply) => {
      await who.requireAdministrator(request)
      const source = known(await storage.sources.read(request.params.id))
      const kind = kindOf(source.kind)
      const language = askedLanguage(request)
      tellLanguage(reply, language)
      // Of a kind that this server does not know any more, settings stay as they are.
      if (!kind) return { eventTypes: [], configurations: [], more: 0 }
      const settings = checkSettings(kind, request.body.settings)
      const kept = new Set(kind.eventTypes(settings).map(({ type }) => type))
      const now = titlesOf(source, kind, language).eventTypes
      const eventTypes = now.filter(({ type }) => !kept.has(type))
      const gone = eventTypes.map(({ type }) => type)
      const { names, more } = await storage.overview.wanting(source.id, gone)
      return { eventTypes, configurations: names, more }
    },
  )

  http.delete(
    '/api/admin/sources/:id',
    {
      schema: {
        tags,
        summary: 'Remove a source that nothing depends on',
        description: 'The 409 names the configurations that do.',
        params,
        response: {
          204: Type.Null(),
          ...problems('unauthenticated', 'forbidden', 'source-unknown', 'conflict', 'stale'),
        },
      },
    },
    async (request, reply) => {
      const administrator = await who.requireAdministrator(request)
      const source = known(await storage.sources.read(request.params.id))
      const ifVersion = asVersion(request.headers['if-match'])
      const removed = await storage.sources.remove(source.id, administrator.who, ifVersion)
      if (removed === 'stale') throw sourceRefusals.stale()
      if (removed === 'in use') throw sourceRefusals.inUse(await storage.sources.dependentsOf(source.id))
      noteInLog(request, { sourceId: source.id })
      return reply.code(204).send(null)
    },
  )
}

function sampleOf(...about: Parameters<typeof sampleRequest>): { sample?: SampleRequest } {
  const request = sampleRequest(...about)
  return request ? { sample: request } : {}
}

function changeOf(secrets: 'keep' | 'rotate' | 'retire', added: string | undefined) {
  if (added !== undefined) return { secrets: { add: added } }
  return secrets === 'retire' ? { secrets: 'newest' as const } : {}
}

/** Here any version is one that is there: a source that is not was answered 404. */
function asVersion(ifMatch: string | undefined): number | undefined {
  const version = versionIn(ifMatch)
  return version === '*' ? undefined : version
}

function known(source: StoredSource | undefined): StoredSource {
  if (source) return source
  throw sourceRefusals.unknown()
}

function toSource(
  source: StoredSource,
  publicUrl: string,
  titles: ReturnType<typeof titlesOf> & Pick<Source, 'proof'>,
): Source {
  const { version: _, secretCount, configurationCount, lastEventAt, createdAt, updatedAt, ...shown } = source
  return {
    ...shown,
    ...titles,
    url: urlOf(source, publicUrl),
    secrets: secretCount,
    configurations: configurationCount,
    lastEventAt: lastEventAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  }
}

function urlOf({ key }: Pick<StoredSource, 'key'>, publicUrl: string): string {
  return `${publicUrl}/hooks/${key}`
}
