import { setTimeout as wait } from 'node:timers/promises'
import { type Configured, type Scene, type SourceName, sources, toInput } from './scene.ts'

/** Those who set Cardwire up and change their minds, by its API; each request is repeated until it was answered. */
export interface People {
  connect(source: SourceName): Promise<{ url: string; secret: string }>
  save(name: string, options?: { paused?: boolean }): Promise<void>
  remove(name: string): Promise<void>
  /** When each configuration that is gone was removed: some time between. */
  readonly removals: ReadonlyMap<string, { from: number; to: number }>
}

export function createPeople({
  url,
  adminToken,
  scene,
}: {
  url: string
  adminToken: string
  scene: Scene
}): People {
  const sourceIds = new Map<SourceName, string>()
  const removals = new Map<string, { from: number; to: number }>()

  return {
    removals,
    async connect(source) {
      const made = await ask('POST', '/api/admin/sources', { ...sources[source], name: `The ${source}` })
      const { id, ...sender } = JSON.parse(made) as { id: string; url: string; secret: string }
      sourceIds.set(source, id)
      return sender
    },
    async save(name, options) {
      const one = named(name)
      const { url: webhookUrl } = found(scene.destinations.find((other) => other.name === one.destination))
      const input = { ...toInput(one, options), sourceId: sourceIds.get(one.source), webhookUrl }
      await ask('PUT', `/api/admin/configurations/${one.entityId}`, input)
    },
    async remove(name) {
      const { entityId } = named(name)
      const from = Date.now()
      await ask('DELETE', `/api/admin/configurations/${entityId}`)
      removals.set(entityId, { from, to: Date.now() })
    },
  }

  function named(name: string): Configured {
    return found(scene.configurations.find((one) => one.name === name))
  }

  async function ask(method: string, path: string, body?: object): Promise<string> {
    for (let tries = 1; ; tries += 1) {
      const answer = await once(method, path, body)
      // What was removed before its answer was lost cannot be found any more.
      const isDone = answer?.ok || (method === 'DELETE' && tries > 1 && answer?.status === 404)
      if (answer && isDone) return answer.text
      if (answer && answer.status !== 503)
        throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`)
      await wait(150)
    }
  }

  async function once(method: string, path: string, body?: object) {
    try {
      const response = await fetch(url + path, {
        method,
        headers: {
          authorization: `Bearer ${adminToken}`,
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(5000),
      })
      return { ok: response.ok, status: response.status, text: await response.text() }
    } catch {
      return undefined
    }
  }
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('There is nothing of that name in the scene.')
  return value
}
