/**
 * `npm test` keeps to ten minutes on two cores: it goes every journey once. What shows the same in other themes and
 * languages, or is shown without a browser too, carries `@full` and runs in `npm run test:full`, with the specs of the
 * simulated Teams itself. What is looked at in every theme is looked at in the strictest first: a test
 * in another theme carries the tag.
 */
export const inFull = (theme: string): string[] => (/contrast/i.test(theme) ? [] : ['@full'])
