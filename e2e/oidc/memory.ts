interface Payload {
  uid?: string
  grantId?: string
  consumed?: number
}

/** What the provider remembers, in memory: sessions, grants and codes, by kind and id. */
export function createMemory() {
  const kinds = new Map<string, Map<string, Payload>>()
  return (kind: string) => {
    const kept = kinds.get(kind) ?? new Map<string, Payload>()
    kinds.set(kind, kept)
    return {
      upsert: async (id: string, payload: Payload) => void kept.set(id, payload),
      find: async (id: string) => kept.get(id),
      findByUid: async (uid: string) => [...kept.values()].find((one) => one.uid === uid),
      findByUserCode: async () => undefined,
      destroy: async (id: string) => void kept.delete(id),
      consume: async (id: string) => {
        const payload = kept.get(id)
        if (payload) payload.consumed = Math.floor(Date.now() / 1000)
      },
      revokeByGrantId: async (grantId: string) => {
        for (const [id, payload] of kept) if (payload.grantId === grantId) kept.delete(id)
      },
    }
  }
}
export type Memory = ReturnType<typeof createMemory>
