import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Static, type TSchema, Type } from 'typebox'
import { Value } from 'typebox/value'
import { projectRoot } from '../lib/project-root.ts'

/** The parts of an app package that no setting changes, as they lie in the repository. */
export interface AppFiles {
  template: ManifestTemplate
  /** By file name, as the template names them. */
  languages: ReadonlyMap<string, JsonObject>
  icons: { color: Uint8Array; outline: Uint8Array }
  /** Microsoft's own, of the version that the template names. */
  schemas: { manifest: JsonObject; language: JsonObject }
  /** The program's. */
  version: string
}

export type JsonObject = Static<typeof JsonObject>
const JsonObject = Type.Record(Type.String(), Type.Unknown())

/** Only what we build upon; the rest goes to Teams as it is, once Microsoft's schema has seen it. */
const ManifestTemplate = Type.Object({
  localizationInfo: Type.Object({
    additionalLanguages: Type.Array(Type.Object({ languageTag: Type.String(), file: Type.String() })),
  }),
  developer: Type.Object({ name: Type.String() }),
  icons: Type.Object({ color: Type.String(), outline: Type.String() }),
})
export type ManifestTemplate = Static<typeof ManifestTemplate>

/** Reads them anew each time, since an administrator may put other icons there while the server runs. */
export async function readAppFiles(root = projectRoot): Promise<AppFiles> {
  const template = await readJson(ManifestTemplate, root, 'manifest/manifest.json')
  const languages = template.localizationInfo.additionalLanguages.map(
    async ({ file }) => [file, await readJson(JsonObject, root, `manifest/languages/${file}`)] as const,
  )
  const { version } = await readJson(Type.Object({ version: Type.String() }), root, 'package.json')
  return {
    template,
    languages: new Map(await Promise.all(languages)),
    icons: {
      color: await readFile(join(root, 'icons', template.icons.color)),
      outline: await readFile(join(root, 'icons', template.icons.outline)),
    },
    schemas: {
      manifest: await readJson(JsonObject, root, 'manifest/schema/MicrosoftTeams.schema.json'),
      language: await readJson(JsonObject, root, 'manifest/schema/MicrosoftTeams.Localization.schema.json'),
    },
    version,
  }
}

async function readJson<T extends TSchema>(schema: T, root: string, path: string): Promise<Static<T>> {
  const value: unknown = JSON.parse(await readFile(join(root, path), 'utf8'))
  if (Value.Check(schema, value)) return value
  const faults = Value.Errors(schema, value).map((error) => `${error.instancePath} ${error.message}`)
  throw new Error(`${path} cannot be used: ${faults.join('; ')}.`)
}
