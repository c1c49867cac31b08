import { expect, test } from 'vitest'
import { type CpuProfile, selfTimes } from './profile.ts'

const built = 'file:///srv/cardwire/dist/server'

function profileOf(frames: [functionName: string, url: string, callerId?: number][]): CpuProfile {
  const nodes = frames.map(([functionName, url], index) => ({
    id: index + 1,
    callFrame: { functionName, url, lineNumber: 9 },
    children: frames.flatMap(([, , callerId], child) => (callerId === index + 1 ? [child + 1] : [])),
  }))
  return { nodes, samples: nodes.map(({ id }) => id), timeDeltas: nodes.map(() => 1000) }
}

test('tells each function as its package’s, and what native code takes as its caller’s', () => {
  const profile = profileOf([
    ['(idle)', ''],
    ['(garbage collector)', ''],
    ['workLane', `${built}/main.js`],
    ['executeIO', `${built}/packages/@prisma/adapter-better-sqlite3.js`],
    ['mapRow', `${built}/packages/@prisma/adapter-better-sqlite3.js`],
    ['request', `${built}/packages/undici.js`],
    ['write', 'file:///srv/cardwire/node_modules/pino/lib/tools.js'],
    ['stringify', '', 3],
    ['writev', 'node:net'],
  ])
  const { packages, functions } = selfTimes(profile)
  expect(Object.fromEntries(packages.map(({ name, ms }) => [name, ms]))).toEqual({
    idle: 1,
    gc: 1,
    own: 2,
    'better-sqlite3': 1,
    prisma: 1,
    undici: 1,
    pino: 1,
    node: 1,
  })
  expect(functions).toContainEqual({ name: 'workLane main.js:10 [own]', ms: 1 })
})

test('leaves out what came before a moment', () => {
  const profile = profileOf([
    ['load', 'node:module'],
    ['serve', 'node:http'],
  ])
  expect(selfTimes(profile, 1).functions).toEqual([{ name: 'serve node:http:10 [node]', ms: 1 }])
})
