import { AppError } from '../errors.ts'
import type { StoredConfiguration } from '../storage/storage.ts'

/** Who asks for a change: a person in Teams, proven by a token, or an administrator, who belongs to no tenant. */
export interface Caller {
  /** For the audit log. */
  who: string
  isAdministrator: boolean
  tenantId?: string
  oid?: string
}

/**
 * Another tenant's configuration is as unknown as one that does not exist: nobody learns that it does.
 * @throws {AppError} `configuration-unknown`
 */
export function visibleTo(
  caller: Caller,
  configuration: StoredConfiguration | undefined,
): StoredConfiguration {
  const isTheirs =
    caller.tenantId === undefined ? caller.isAdministrator : caller.tenantId === configuration?.tenantId
  if (configuration && isTheirs) return configuration
  throw unknownConfiguration()
}

export function unknownConfiguration(): AppError {
  return new AppError('configuration-unknown', {
    public: {
      en: 'There is no such configuration. Set it up again in the channel.',
      fr: 'Cette configuration n’existe pas. Configurez-la à nouveau dans le canal.',
      zh: '没有此配置。请在频道中重新设置。',
    },
  })
}

/**
 * Changing and removing takes the maker, an administrator, or the current webhook URL, which a connector's dialog
 * hands to whoever may manage it. In a tab every member carries the `entityId`: it is no secret and proves nothing.
 *
 * @throws {AppError} `forbidden`
 */
export async function mayChange(
  caller: Caller,
  configuration: StoredConfiguration,
  provesUrl: () => Promise<boolean>,
): Promise<void> {
  if (caller.isAdministrator) return
  if (configuration.makerOid !== null && configuration.makerOid === caller.oid) return
  if (await provesUrl()) return
  throw new AppError('forbidden', {
    public: {
      en: 'Only the person who set this up or an administrator of Cardwire may change it. Ask one of them.',
      fr: 'Seuls la personne qui a créé cette configuration et les administrateurs de Cardwire peuvent la modifier. Adressez-vous à l’un d’eux.',
      zh: '只有此配置的创建者或 Cardwire 管理员可以更改它。请联系他们。',
    },
  })
}
