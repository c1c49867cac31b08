import { AppError } from '../../../errors.ts'
import type { Language } from '../../../model/language.ts'
import { textBy } from '../../../model/text.ts'

/** Why a source cannot be read, made, changed or removed, in words for the administrator. */
export const sourceRefusals = {
  unknown: () =>
    new AppError('source-unknown', {
      public: {
        en: 'There is no such source. It may have been removed.',
        fr: 'Cette source n’existe pas. Elle a peut-être été supprimée.',
        zh: '没有此来源。它可能已被移除。',
      },
    }),

  stale: () =>
    new AppError('stale', {
      public: {
        en: 'Someone changed this source while you were editing it. Read it again and repeat your change.',
        fr: 'Quelqu’un a modifié cette source pendant que vous l’éditiez. Relisez-la et refaites votre changement.',
        zh: '您编辑期间，有人更改了此来源。请重新读取后再次更改。',
      },
    }),

  kindUnknown: (kind: string) =>
    new AppError('kind-unknown', {
      public: {
        en: `There is no kind "${kind}". GET /api/admin/kinds lists them.`,
        fr: `Le type «\u00A0${kind}\u00A0» n’existe pas. GET /api/admin/kinds en donne la liste.`,
        zh: `没有“${kind}”类型。GET /api/admin/kinds 列出所有类型。`,
      },
    }),

  inUse: (dependents: { names: readonly string[]; more: number }) =>
    new AppError('conflict', { public: textBy((language) => inUse[language](listed(dependents, language))) }),
}

const inUse: Record<Language, (names: string) => string> = {
  en: (names) =>
    `Configurations depend on this source: ${names}. Remove them, or give them another source, then remove it.`,
  fr: (names) =>
    `Des configurations dépendent de cette source\u00A0: ${names}. Supprimez-les ou donnez-leur une autre source, puis supprimez-la.`,
  zh: (names) => `以下配置依赖此来源：${names}。请先移除这些配置或为其选择其他来源，再移除此来源。`,
}

const andMore: Record<Language, (count: number) => string> = {
  en: (count) => `${count} more`,
  fr: (count) => `${count} de plus`,
  zh: (count) => `其他 ${count} 项`,
}

function listed({ names, more }: { names: readonly string[]; more: number }, language: Language): string {
  const parts = more > 0 ? [...names, andMore[language](more)] : names
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(parts)
}
