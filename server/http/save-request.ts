import { Type } from 'typebox'
import { ConfigurationInput } from '../model/configuration.ts'
import { Uuid } from '../model/ids.ts'
import { IfMatch } from './e-tag.ts'
import { problems } from './plugins/problems.ts'

/** What saving a configuration takes, whoever saves it. */
export const saveRequest = {
  params: Type.Object({ entityId: Uuid }),
  headers: IfMatch,
  body: ConfigurationInput,
}

/** What can be wrong with it. */
export const saveProblems = problems(
  'request-invalid',
  'unauthenticated',
  'forbidden',
  'configuration-unknown',
  'stale',
  'webhook-url-missing',
  'webhook-url-invalid',
  'source-not-available',
  'event-type-unknown',
  'choices-invalid',
  'rule-invalid',
)
