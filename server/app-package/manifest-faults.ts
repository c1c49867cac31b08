import ajvDraft04, { type ErrorObject } from 'ajv-draft-04'
import type { AppFiles, JsonObject } from './app-files.ts'
import type { Manifest } from './build-manifest.ts'

/**
 * Why Teams would refuse the manifest or one of its language files, in words that name the place; none is fine.
 *
 * Microsoft's schema leaves two rules of the upload unsaid, so they are checked here: the version is three plain
 * numbers, and a translation that names nothing in the manifest is a mistake.
 */
export function manifestFaults(
  manifest: Manifest,
  { languages, schemas }: Pick<AppFiles, 'languages' | 'schemas'>,
): string[] {
  const validator = createValidator()
  return [
    ...schemaFaults(validator, 'manifest.json', schemas.manifest, manifest),
    ...versionFaults(manifest.version),
    ...[...languages].flatMap(([name, language]) => [
      ...schemaFaults(validator, name, schemas.language, language),
      ...keyFaults(name, language, manifest),
    ]),
  ]
}

/** Settings that reach the manifest: whoever reads a fault there can do something about it. */
const settingAt: Record<string, string> = {
  '/id': 'TEAMS_APP_ID',
  '/connectors/0/connectorId': 'TEAMS_CONNECTOR_ID',
  '/connectors/0/configurationUrl': 'PUBLIC_URL',
  '/developer/websiteUrl': 'PUBLIC_URL',
  '/webApplicationInfo/id': 'ENTRA_CLIENT_ID',
  '/webApplicationInfo/resource': 'ENTRA_APP_ID_URI',
}

/**
 * Microsoft writes its schemas in JSON Schema's draft 4, with expressions that are wrong in Unicode mode. They are
 * not ours to be strict about. Made anew for each package, since it never forgets a schema.
 */
function createValidator() {
  return new ajvDraft04.default({
    allErrors: true,
    strict: false,
    unicodeRegExp: false,
    formats: { uri: (text: string) => URL.canParse(text) },
  })
}

type Validator = ReturnType<typeof createValidator>

function schemaFaults(validator: Validator, file: string, schema: JsonObject, value: unknown): string[] {
  const validate = validator.compile(schema)
  if (validate(value)) return []
  return (validate.errors ?? []).map((error) => {
    const setting = file === 'manifest.json' ? settingAt[error.instancePath] : undefined
    return `${file}: ${error.instancePath || 'the file'} ${words(error)}${setting ? ` (it comes from ${setting})` : ''}.`
  })
}

function words({ keyword, params, message }: ErrorObject): string {
  if (keyword === 'additionalProperties')
    return `must not have ${params['additionalProperty']}, which Teams does not know`
  return message ?? `breaks the rule "${keyword}"`
}

/** The upload refuses `1.2.0-beta.1`, and numbers above 65535, although the schema speaks of semver. */
function versionFaults(version: string): string[] {
  const isAccepted =
    /^\d+\.\d+\.\d+$/.test(version) && version.split('.').every((part) => Number(part) <= 65_535)
  if (isAccepted) return []
  return [
    `manifest.json: /version is ${version}, but Teams takes three numbers only, such as 1.2.0 (set it in package.json).`,
  ]
}

function keyFaults(file: string, language: JsonObject, manifest: Manifest): string[] {
  return Object.keys(language)
    .filter((key) => key !== '$schema' && typeof valueAt(manifest, key) !== 'string')
    .map((key) => `${file}: ${key} translates nothing, since the manifest has no such text.`)
}

/** @param key a path as language files write it: `name.short`, `staticTabs[0].name`. */
function valueAt(value: unknown, key: string): unknown {
  const steps = key.split(/[.[\]]+/).filter((step) => step !== '')
  return steps.reduce<unknown>(
    (inner, step) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, step)
        ? Reflect.get(inner, step)
        : undefined,
    value,
  )
}
