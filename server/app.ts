import { join } from 'node:path'
import { createAdminSessions } from './auth/admin.ts'
import type { Context } from './context.ts'
import { createDraw } from './delivery/draw.ts'
import { buildHttp, type Http } from './http/build-http.ts'
import type { Readiness } from './http/readiness.ts'
import { auditRoutes } from './http/routes/admin/audit.ts'
import { adminConfigurationRoutes } from './http/routes/admin/configurations.ts'
import { adminDeliveryRoutes } from './http/routes/admin/deliveries.ts'
import { adminDestinationRoutes } from './http/routes/admin/destinations.ts'
import { adminKindRoutes } from './http/routes/admin/kinds.ts'
import { adminSessionRoutes } from './http/routes/admin/session.ts'
import { adminSourceRoutes } from './http/routes/admin/sources.ts'
import { appPackageRoutes } from './http/routes/app-package.ts'
import { authRoutes } from './http/routes/auth.ts'
import { channelRoutes } from './http/routes/channel.ts'
import { configurationRoutes } from './http/routes/configurations.ts'
import { faviconRoutes } from './http/routes/favicon.ts'
import { healthRoutes } from './http/routes/health.ts'
import { hookRoutes } from './http/routes/hooks.ts'
import { legalRoutes } from './http/routes/legal.ts'
import { metricsRoutes } from './http/routes/metrics.ts'
import { pageRoutes } from './http/routes/pages.ts'
import { previewRoutes } from './http/routes/preview.ts'
import { sourceRoutes } from './http/routes/sources.ts'
import { testCardRoutes } from './http/routes/test-card.ts'
import { createWho } from './http/who.ts'
import { projectRoot } from './lib/project-root.ts'
import { kinds } from './sources/index.ts'
import { version } from './version.ts'

/** Every route there is, on an HTTP server that does not listen yet. */
export async function buildApp(context: Context, readiness: Readiness): Promise<Http> {
  const { config, log, metrics, storage, worker, receiver, kindOf, newId, newSecret, now } = context
  const sessions = createAdminSessions({ sealer: context.sealer, adminToken: config.adminToken, now })
  const who = createWho({ config, entra: context.entra, sessions })
  const http = await buildHttp({ config, log, metrics, newId, version })

  await http.register(healthRoutes, { readiness })
  await http.register(metricsRoutes, { config, metrics })
  const webRoot = join(projectRoot, 'dist', 'web')
  await http.register(pageRoutes, { config, webRoot })
  await http.register(authRoutes, {
    config,
    webRoot,
    sealer: context.sealer,
    signIn: context.signIn,
    codes: context.signInCodes,
  })
  await http.register(legalRoutes, { config })
  await http.register(faviconRoutes, {})
  await http.register(hookRoutes, { receiver })
  await http.register(sourceRoutes, { storage, kindOf, who })
  const { webhookHosts } = config
  const saving = { storage, kindOf, webhookHosts, onCommit: worker.wake, now, metrics }
  await http.register(configurationRoutes, { ...saving, who })
  await http.register(previewRoutes, { storage, kindOf, now, who })
  await http.register(channelRoutes, { ...saving, who })
  const isStopping = () => readiness.state() === 'stopping'
  await http.register(testCardRoutes, { ...saving, who, isStopping })
  await http.register(adminSessionRoutes, { config, sessions, who })
  await http.register(adminSourceRoutes, { storage, kindOf, who, publicUrl: config.publicUrl, newSecret })
  await http.register(adminConfigurationRoutes, { ...saving, who })
  await http.register(adminDestinationRoutes, { storage, who, onCommit: worker.wake })
  await http.register(adminKindRoutes, { kinds, who })
  const draw = createDraw({ eventTypes: (kind, settings) => kindOf(kind)?.eventTypes(settings) ?? [] })
  await http.register(adminDeliveryRoutes, { storage, who, draw, onCommit: worker.wake })
  await http.register(auditRoutes, { storage, who })
  await http.register(appPackageRoutes, { config, who })
  return http
}
