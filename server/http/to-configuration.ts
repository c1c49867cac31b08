import type { Configuration } from '../model/configuration.ts'
import type { StoredConfiguration } from '../storage/storage.ts'

/** What may leave the server of a configuration. */
export function toConfiguration(stored: StoredConfiguration): Configuration {
  const {
    tenantId: _tenant,
    destinationId: _destination,
    makerOid: _maker,
    version: _version,
    ...shown
  } = stored
  return shown
}
