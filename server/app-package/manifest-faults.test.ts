import { readFile } from 'node:fs/promises'
import { AppManifestUtils } from '@microsoft/app-manifest'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type JsonObject, readAppFiles } from './app-files.ts'
import { buildManifest, type Manifest } from './build-manifest.ts'
import { manifestFaults } from './manifest-faults.ts'

const files = await readAppFiles()
const manifest = buildManifest(
  {
    publicUrl: 'https://cardwire.example.com',
    teamsAppId: '2f6a1c1e-52b1-4c5a-9a0f-6a1f0b6d8c11',
    teamsConnectorId: '7d4f6a02-9a2b-4a55-8a40-2f5c1f9f2b77',
    entra: { clientId: '0b0b7c8e-3a49-4a57-a9a4-4dd1d3a0f0c2' },
  },
  files,
)

const bundled = (name: string) =>
  readFile(
    new URL(
      `../../node_modules/@microsoft/app-manifest/build/json-schemas/teams/v1.30/${name}`,
      import.meta.url,
    ),
    'utf8',
  )

describe('the schemas kept here', () => {
  it.each(['MicrosoftTeams.schema.json', 'MicrosoftTeams.Localization.schema.json'])(
    'are those that Microsoft ships: %s',
    async (name) => {
      const kept = await readFile(new URL(`../../manifest/schema/${name}`, import.meta.url), 'utf8')
      expect(kept).toBe(await bundled(name))
    },
  )
})

describe('a manifest', () => {
  it('as we make it has no fault', () => {
    expect(manifestFaults(manifest, files)).toEqual([])
  })

  it('is refused exactly where the validator of Microsoft refuses it', async () => {
    const schema = JSON.parse(await bundled('MicrosoftTeams.schema.json'))
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...pathsOf(manifest)), arbitraryValue, async (path, value) => {
        const changed = withChange(manifest, path, value)
        const theirs = await AppManifestUtils.validateAgainstSchema(changed as never, schema)
        const ours = manifestFaults(changed, { ...files, languages: new Map() })
        if (path[0] === 'version') return // Stricter than their schema, as their upload is.
        expect(ours.length > 0).toBe(theirs.length > 0)
      }),
      { numRuns: 15 },
    )
  })

  it.each(['1.0', '1.0.0-beta.1', '1.0.0+7', 'v1.0.0', '1.0.65536'])(
    'of version %s is refused, since the upload takes three plain numbers',
    (version) => {
      expect(manifestFaults({ ...manifest, version }, files)).toEqual([
        expect.stringContaining('package.json'),
      ])
    },
  )

  it('with a property Teams does not know is refused by its name', () => {
    const changed = { ...manifest, packageName: 'com.example.cardwire' }
    expect(manifestFaults(changed, files)).toEqual([
      'manifest.json: the file must not have packageName, which Teams does not know.',
    ])
  })
})

describe('a language file', () => {
  const french = files.languages.get('fr.json') ?? {}
  const faultsOf = (language: JsonObject) =>
    manifestFaults(manifest, { ...files, languages: new Map([['fr.json', language]]) })

  it('is refused when a text is longer than Teams shows', () => {
    expect(faultsOf({ ...french, 'description.short': 'x'.repeat(81) })).toEqual([
      expect.stringMatching(/^fr\.json: \/description\.short .*80/),
    ])
  })

  it('is refused when a text that Teams requires is missing', () => {
    expect(faultsOf({ 'name.short': 'Cardwire' })).toEqual([
      expect.stringContaining('description.short'),
      expect.stringContaining('description.full'),
    ])
  })

  it.each(['staticTabs[0].name', 'bots[0].commandLists[0].commands[0].title', 'name.long'])(
    'is refused when it translates what the manifest does not say: %s',
    (key) => {
      expect(faultsOf({ ...french, [key]: 'x' })).toContain(
        `fr.json: ${key} translates nothing, since the manifest has no such text.`,
      )
    },
  )
})

type Path = (string | number)[]

const arbitraryValue = fc.oneof(
  fc.constant(undefined),
  fc.string(),
  fc.string({ minLength: 60, maxLength: 130 }),
  fc.integer(),
  fc.constant([]),
  fc.constant({}),
  fc.uuid(),
  fc.webUrl(),
  fc.constant('#16294d'),
)

function pathsOf(value: unknown): Path[] {
  if (typeof value !== 'object' || value === null) return []
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value)
  return keys.flatMap((key) => [[key], ...pathsOf(Reflect.get(value, key)).map((path) => [key, ...path])])
}

/** A copy with the value at the path replaced, or taken away. */
function withChange(from: Manifest, path: Path, value: unknown): Manifest {
  const copy = structuredClone(from)
  const parent = path.slice(0, -1).reduce<object>((inner, step) => Reflect.get(inner, step), copy)
  const last = path.at(-1) ?? ''
  if (value === undefined && !Array.isArray(parent)) Reflect.deleteProperty(parent, last)
  else Reflect.set(parent, last, value ?? null)
  return copy
}
