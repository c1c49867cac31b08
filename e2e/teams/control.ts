/**
 * `/control`: everything that `SimulatedTeams` can do in its own process, over HTTP, for the host page and
 * for specs whose simulated Teams runs in another process.
 */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { Changes } from './changes.ts'
import { TOKEN_FAULTS } from './entra.ts'
import {
  ConnectorSettings,
  type Received,
  type ReceivedOverHttp,
  ScriptedAnswer,
  Sender,
  Session,
  Switches,
  TabSettings,
  TeamsApp,
} from './model.ts'
import type { SimulatedTeams } from './simulated-teams.ts'

type Options = { teams: SimulatedTeams; changes: Changes }

const ById = Type.Object({ id: Type.String() })

export async function controlRoutes(app: FastifyInstance, options: Options): Promise<void> {
  await app.register(sessionRoutes, options)
  await app.register(connectorRoutes, options)
  await app.register(workflowRoutes, options)
  await app.register(tabRoutes, options)
  await app.register(recordRoutes, options)
  await app.register(entraRoutes, options)
  app.get('/control/changes', { logLevel: 'silent' }, (request, reply) => {
    reply.hijack()
    const stream = reply.raw
    stream.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    stream.write(': listening\n\n')
    const unsubscribe = options.changes.subscribe((topics) =>
      stream.write(`data: ${JSON.stringify(topics)}\n\n`),
    )
    request.raw.on('close', unsubscribe)
  })
}

/** The page's state, and what a person sets on it. */
const sessionRoutes: FastifyPluginAsyncTypebox<Options> = async (app, { teams }) => {
  app.get('/control/state', async () => teams.state())

  app.put('/control/switches', { schema: { body: Type.Partial(Switches) } }, async (request) => {
    teams.setSwitches(request.body)
    return teams.switches
  })

  app.put('/control/session', { schema: { body: Type.Partial(Session) } }, async (request) => {
    teams.setSession(request.body)
    return teams.session
  })

  app.put('/control/apps', { schema: { body: Type.Array(TeamsApp) } }, async (request) => {
    teams.setApps(request.body)
    return request.body
  })

  app.put('/control/senders', { schema: { body: Type.Array(Sender) } }, async (request) => {
    teams.setSenders(request.body)
    return request.body
  })

  const SampleOf = Type.Object({ sender: Type.String(), sample: Type.String() })
  app.post(
    '/control/senders/:sender/samples/:sample',
    { schema: { params: SampleOf } },
    async (request, reply) => {
      const fired = await teams.fire(request.params.sender, request.params.sample)
      return fired ?? reply.code(404).send({ detail: 'No such sender or sample' })
    },
  )
}

/** The host's half of Save, Manage and Remove. */
const connectorRoutes: FastifyPluginAsyncTypebox<Options> = async (app, { teams }) => {
  const Wanted = Type.Object({
    channelId: Type.String(),
    connectorId: Type.Optional(Type.String()),
    completed: Type.Optional(Type.Boolean()),
  })
  app.post('/control/connectors', { schema: { body: Wanted } }, async (request, reply) =>
    reply.code(201).send(teams.createConnector({ completed: false, ...request.body })),
  )

  app.post('/control/connectors/:id/drift', { schema: { params: ById } }, async (request, reply) => {
    const webhookUrl = teams.mintAgain(request.params.id)
    return webhookUrl ? { webhookUrl } : reply.code(404).send({ detail: 'No such connector' })
  })

  const Saved = Type.Object({ settings: ConnectorSettings, webhookUrl: Type.Optional(Type.String()) })
  app.post(
    '/control/connectors/:id/complete',
    { schema: { params: ById, body: Saved } },
    async (request, reply) => {
      const connector = teams.completeConnector(request.params.id, request.body)
      return connector ?? reply.code(404).send({ detail: 'No such connector, or not a URL of it' })
    },
  )

  app.delete('/control/connectors/:id', { schema: { params: ById } }, async (request, reply) => {
    const connector = teams.removeConnector(request.params.id)
    return connector ?? reply.code(404).send({ detail: 'No such connector' })
  })

  app.get('/control/channels/:id/feed', { schema: { params: ById } }, async (request) =>
    teams.feed(request.params.id),
  )
}

/** What a person does in the Workflows app. */
const workflowRoutes: FastifyPluginAsyncTypebox<Options> = async (app, { teams }) => {
  const NONE = { detail: 'No such workflow' }
  const Wanted = Type.Object({ channelId: Type.String(), name: Type.Optional(Type.String({ minLength: 1 })) })
  app.post('/control/workflows', { schema: { body: Wanted } }, async (request, reply) =>
    reply.code(201).send(teams.createWorkflow(request.body)),
  )

  const Switched = Type.Object({ phase: Type.Union([Type.Literal('on'), Type.Literal('off')]) })
  app.put(
    '/control/workflows/:id',
    { schema: { params: ById, body: Switched } },
    async (request, reply) =>
      teams.switchWorkflow(request.params.id, request.body.phase) ?? reply.code(404).send(NONE),
  )

  app.delete(
    '/control/workflows/:id',
    { schema: { params: ById } },
    async (request, reply) => teams.deleteWorkflow(request.params.id) ?? reply.code(404).send(NONE),
  )

  app.get(
    '/control/workflows/:id/runs',
    { schema: { params: ById } },
    async (request, reply) => teams.runs(request.params.id) ?? reply.code(404).send(NONE),
  )
}

/** The end of a tab's save, and its removal. */
const tabRoutes: FastifyPluginAsyncTypebox<Options> = async (app, { teams }) => {
  const NONE = { detail: 'No such tab' }
  const Wanted = Type.Object({
    channelId: Type.String(),
    connectorId: Type.String(),
    settings: TabSettings,
  })
  app.post('/control/tabs', { schema: { body: Wanted } }, async (request, reply) =>
    reply.code(201).send(teams.addTab(request.body)),
  )

  app.put(
    '/control/tabs/:id',
    { schema: { params: ById, body: TabSettings } },
    async (request, reply) => teams.changeTab(request.params.id, request.body) ?? reply.code(404).send(NONE),
  )

  app.delete(
    '/control/tabs/:id',
    { schema: { params: ById } },
    async (request, reply) => teams.removeTab(request.params.id) ?? reply.code(404).send(NONE),
  )
}

/** What was sent here, and what will be answered. */
const recordRoutes: FastifyPluginAsyncTypebox<Options> = async (app, { teams }) => {
  const Of = Type.Object({
    channelId: Type.Optional(Type.String()),
    webhookUrl: Type.Optional(Type.String()),
  })
  app.get('/control/received', { schema: { querystring: Of } }, async (request) => {
    const { channelId, webhookUrl } = request.query
    return teams.received
      .filter((one) => channelId === undefined || one.channelId === channelId)
      .filter((one) => webhookUrl === undefined || one.webhookUrl === webhookUrl)
      .map(overHttp)
  })
  app.delete('/control/received', async (_request, reply) => {
    teams.forgetReceived()
    return reply.code(204).send()
  })

  const Script = Type.Object({ target: Type.String(), answers: Type.Array(ScriptedAnswer) })
  app.post('/control/scripts', { schema: { body: Script } }, async (request, reply) => {
    teams.script(request.body.target, request.body.answers)
    return reply.code(204).send()
  })
  app.get('/control/scripts/unused', async () => teams.unusedScripts())
  app.delete('/control/scripts', async (_request, reply) => {
    teams.clearScripts()
    return reply.code(204).send()
  })
  app.post('/control/reset', async (_request, reply) => {
    teams.reset()
    return reply.code(204).send()
  })
}

/** The issuer as Entra publishes it, and tokens on demand. */
const entraRoutes: FastifyPluginAsyncTypebox<Options> = async (app, { teams }) => {
  const Tenant = Type.Object({ tenantId: Type.String() })
  app.get('/entra/:tenantId/discovery/v2.0/keys', { schema: { params: Tenant } }, async () =>
    teams.entra.keys(),
  )
  app.get(
    '/entra/:tenantId/v2.0/.well-known/openid-configuration',
    { schema: { params: Tenant } },
    async (request) => ({
      issuer: `${teams.entra.authority}/${request.params.tenantId}/v2.0`,
      jwks_uri: `${teams.entra.authority}/${request.params.tenantId}/discovery/v2.0/keys`,
      id_token_signing_alg_values_supported: ['RS256'],
    }),
  )

  /** What the host answers to `getAuthToken`. */
  app.post('/control/auth-token', async (_request, reply) =>
    teams.switches.authTokenFails
      ? reply.code(403).send({ detail: 'resourceDisabled' })
      : { token: await teams.entra.issueToken() },
  )

  const Wanted = Type.Object({
    claims: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    personId: Type.Optional(Type.String()),
    fault: Type.Optional(Type.Enum(TOKEN_FAULTS)),
  })
  app.post('/control/entra/tokens', { schema: { body: Wanted } }, async (request) => {
    const { claims, personId, fault } = request.body
    const person = personId === undefined ? undefined : teams.person(personId)
    return {
      token: await teams.entra.issueToken(claims, { ...(person && { person }), ...(fault && { fault }) }),
    }
  })

  const Rotation = Type.Object({ forgetOld: Type.Optional(Type.Boolean()) })
  app.post('/control/entra/rotate-keys', { schema: { body: Rotation } }, async (request, reply) => {
    await teams.entra.rotateKeys(request.body)
    return reply.code(204).send()
  })
}

const overHttp = ({ raw: _bytes, ...received }: Received): ReceivedOverHttp => received
