import { readdir, readFile } from 'node:fs/promises'
import { AppManifestUtils } from '@microsoft/app-manifest'
import * as fc from 'fast-check'
import { strFromU8, unzipSync } from 'fflate'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { AppError } from '../errors.ts'
import { readAppFiles } from './app-files.ts'
import { buildAppPackage } from './build-app-package.ts'
import type { AppPackageSettings } from './build-manifest.ts'

const files = await readAppFiles()
const settings = {
  publicUrl: 'https://cardwire.example.com',
  teamsAppId: '2f6a1c1e-52b1-4c5a-9a0f-6a1f0b6d8c11',
  teamsConnectorId: '7d4f6a02-9a2b-4a55-8a40-2f5c1f9f2b77',
  entra: { clientId: '0b0b7c8e-3a49-4a57-a9a4-4dd1d3a0f0c2', appIdUri: undefined },
} satisfies AppPackageSettings

function inEachLanguage(words: string) {
  const said = expect.stringContaining(words)
  return { en: said, fr: said, zh: said }
}

describe('the app package', () => {
  it('holds the manifest, both icons and every language at its root, and nothing else', async () => {
    const entries = unzipSync(buildAppPackage(settings, files).zip)
    expect(Object.keys(entries).toSorted()).toEqual([
      'color.png',
      'fr.json',
      'manifest.json',
      'outline.png',
      'zh-cn.json',
    ])
    expect(Buffer.from(entries['color.png'] ?? [])).toEqual(await inRepository('icons/color.png'))
    expect(Buffer.from(entries['outline.png'] ?? [])).toEqual(await inRepository('icons/outline.png'))
    for (const language of ['fr.json', 'zh-cn.json']) {
      const source = JSON.parse((await inRepository(`manifest/languages/${language}`)).toString())
      expect(json(entries[language])).toEqual(source)
    }
  })

  it('says where this server is, who the app is and which version it has', async () => {
    const { version } = JSON.parse((await inRepository('package.json')).toString())
    const manifest = json(unzipSync(buildAppPackage(settings, files).zip)['manifest.json'])
    expect(manifest).toMatchObject({
      manifestVersion: '1.30',
      version,
      id: settings.teamsAppId,
      developer: {
        name: 'Cardwire',
        websiteUrl: 'https://cardwire.example.com',
        privacyUrl: 'https://cardwire.example.com/privacy',
        termsOfUseUrl: 'https://cardwire.example.com/terms',
      },
      icons: { color: 'color.png', outline: 'outline.png' },
      configurableTabs: [
        {
          configurationUrl: 'https://cardwire.example.com/configure?host=tab',
          canUpdateConfiguration: true,
          scopes: ['team', 'groupChat'],
        },
      ],
      connectors: [
        {
          connectorId: settings.teamsConnectorId,
          configurationUrl: 'https://cardwire.example.com/configure?host=connector',
          scopes: ['team'],
        },
      ],
      validDomains: ['cardwire.example.com'],
      webApplicationInfo: {
        id: settings.entra.clientId,
        resource: `api://cardwire.example.com/${settings.entra.clientId}`,
      },
    })
  })

  it('takes the application id URI that is set', () => {
    const entra = { ...settings.entra, appIdUri: 'api://cardwire.example.com/cardwire' }
    const { manifest, warnings } = buildAppPackage({ ...settings, entra }, files)
    expect(manifest.webApplicationInfo).toEqual({ id: entra.clientId, resource: entra.appIdUri })
    expect(warnings).toEqual([])
  })

  it('has a tab but no connector and no sign-in where none is set, and warns what that means', () => {
    const { zip, warnings } = buildAppPackage(
      { ...settings, teamsConnectorId: undefined, entra: undefined },
      files,
    )
    const manifest = json(unzipSync(zip)['manifest.json'])
    expect(manifest).not.toHaveProperty('connectors')
    expect(manifest.configurableTabs).toHaveLength(1)
    expect(manifest).not.toHaveProperty('webApplicationInfo')
    expect(warnings).toEqual([inEachLanguage('ENTRA_CLIENT_ID')])
  })

  it.each([
    ['a public URL that is not https', { publicUrl: 'http://localhost:3978' }, 'PUBLIC_URL'],
    [
      'an application id URI that does not name this server',
      { entra: { ...settings.entra, appIdUri: `api://${settings.entra.clientId}` } },
      'ENTRA_APP_ID_URI',
    ],
  ])('warns of %s and names the setting', (_, changed, setting) => {
    expect(buildAppPackage({ ...settings, ...changed }, files).warnings).toEqual([inEachLanguage(setting)])
  })

  it('keeps a port that is not the usual one in the valid domain', () => {
    const { manifest } = buildAppPackage({ ...settings, publicUrl: 'https://example.com:8443/cards' }, files)
    expect(manifest.validDomains).toEqual(['example.com:8443'])
  })

  it('always satisfies the validator of Microsoft and points to nothing but this server', async () => {
    await fc.assert(
      fc.asyncProperty(arbitrarySettings, async (some) => {
        const manifest = json(unzipSync(buildAppPackage(some, files).zip)['manifest.json'])
        expect(await microsoftFaults(manifest)).toEqual([])
        const urls = JSON.stringify({ ...manifest, $schema: '' }).match(/https?:\/\/[^"]*/g) ?? []
        expect(urls.filter((url) => !url.startsWith(some.publicUrl))).toEqual([])
        expect(manifest).toHaveProperty('validDomains', [
          some.publicUrl.replace(/^https?:\/\/([^/]+).*/, '$1'),
        ])
      }),
      { numRuns: 10 },
    )
  })

  it('tells every fault at once, with the setting it comes from, and makes nothing', () => {
    const wrong = { ...settings, teamsAppId: 'cardwire', teamsConnectorId: 'x'.repeat(65) }
    const swapped = { color: files.icons.outline, outline: files.icons.color }
    const fault = thrownBy(() =>
      buildAppPackage(wrong, { ...files, version: '1.0.0-beta.1', icons: swapped }),
    )
    expect(fault).toBeInstanceOf(AppError)
    for (const part of ['TEAMS_APP_ID', 'TEAMS_CONNECTOR_ID', '1.0.0-beta.1', '192 × 192', '32 × 32']) {
      expect(fault).toHaveProperty('public', expect.stringContaining(part))
    }
  })
})

describe('the same settings', () => {
  afterEach(() => vi.unstubAllEnvs())

  it('always give the same bytes, wherever and whenever they are zipped', () => {
    const first = buildAppPackage(settings, files).zip
    for (const zone of ['UTC', 'Pacific/Kiritimati', 'America/Los_Angeles', 'Asia/Kathmandu']) {
      vi.stubEnv('TZ', zone)
      expect(Buffer.from(buildAppPackage(settings, files).zip).equals(first)).toBe(true)
    }
  })
})

describe('every language', () => {
  const english = json(unzipSync(buildAppPackage(settings, files).zip)['manifest.json'])

  it('that lies in the folder is in the package', async () => {
    const folder = await readdir(new URL('../../manifest/languages', import.meta.url))
    expect([...files.languages.keys()].toSorted()).toEqual(folder.toSorted())
  })

  it('says in full what the name and the description say in short, and more', () => {
    const texts = [...files.languages.values(), flat(english)]
    expect(texts).toHaveLength(3)
    for (const text of texts) {
      expect(Object.keys(text)).toEqual(
        expect.arrayContaining(['name.short', 'name.full', 'description.short', 'description.full']),
      )
      expect(text['name.full']).not.toBe(text['name.short'])
      expect(text['description.full']).not.toContain(text['description.short'])
    }
  })
})

function thrownBy(attempt: () => unknown): unknown {
  try {
    attempt()
  } catch (error) {
    return error
  }
  throw new Error('Nothing was thrown.')
}

function inRepository(path: string): Promise<Buffer> {
  return readFile(new URL(`../../${path}`, import.meta.url))
}

const arbitrarySettings: fc.Arbitrary<AppPackageSettings> = fc.record({
  publicUrl: fc
    .tuple(
      fc.constantFrom('https', 'http'),
      fc.domain(),
      fc.constantFrom('', ':8443', ':3978'),
      fc.constantFrom('', '/cardwire'),
    )
    .map(([scheme, host, port, path]) => `${scheme}://${host}${port}${path}`),
  teamsAppId: fc.uuid(),
  teamsConnectorId: fc.option(fc.uuid(), { nil: undefined }),
  entra: fc.option(
    fc.record({ clientId: fc.uuid(), appIdUri: fc.constantFrom(undefined, 'api://example.com/x') }),
    {
      nil: undefined,
    },
  ),
})

const schemaUrl = new URL(
  '../../node_modules/@microsoft/app-manifest/build/json-schemas/teams/v1.30/MicrosoftTeams.schema.json',
  import.meta.url,
)
const microsoftSchema = JSON.parse(await readFile(schemaUrl, 'utf8'))

function microsoftFaults(manifest: Record<string, unknown>): Promise<string[]> {
  type Judged = Parameters<typeof AppManifestUtils.validateAgainstSchema>[0]
  // Its types are of the newest schema alone; what is judged is whatever we made.
  return AppManifestUtils.validateAgainstSchema(manifest as unknown as Judged, microsoftSchema)
}

function json(bytes: Uint8Array | undefined): Record<string, unknown> {
  return JSON.parse(strFromU8(bytes ?? new Uint8Array())) as Record<string, unknown>
}

function flat(manifest: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    ['name', 'description'].flatMap((part) =>
      Object.entries(manifest[part] as Record<string, string>).map(([key, text]) => [`${part}.${key}`, text]),
    ),
  )
}
