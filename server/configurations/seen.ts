import { AppError } from '../errors.ts'
import type { StoredConfiguration } from '../storage/storage.ts'

/** Whether the configuration is as the caller saw it, where they say what they saw; `'*'` says that it was there. */
export function isSeen(
  configuration: Pick<StoredConfiguration, 'version'> | undefined,
  ifVersion: number | '*' | undefined,
): boolean {
  if (ifVersion === undefined) return true
  return ifVersion === '*' ? configuration !== undefined : ifVersion === configuration?.version
}

/** What they saw is not so any more. */
export function stale(): AppError {
  return new AppError('stale', {
    public: {
      en: 'Someone changed this configuration while you were editing it. Open it again and repeat your change.',
      fr: 'Quelqu’un a modifié cette configuration pendant que vous la modifiiez. Rouvrez-la et refaites votre changement.',
      zh: '您编辑期间，有人更改了此配置。请重新打开并再次更改。',
    },
  })
}
