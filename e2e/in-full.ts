/**
 * What is looked at in every theme is looked at in one in `npm test`, the strictest, and in all by `npm run test:full`:
 * a test in another theme carries this tag.
 */
export const inFull = (theme: string): string[] => (/contrast/i.test(theme) ? [] : ['@full'])
