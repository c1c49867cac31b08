/**
 * `npm test` keeps to ten minutes on two cores: it goes every journey once. What shows the same in another theme or
 * language, or is shown without a browser too, carries `@full` and runs in `npm run test:full`, with the specs of the
 * simulated Teams itself. A test that is made for every theme asks this for its tags: the strictest is in both.
 */
export const inFull = (theme: string): string[] => (/contrast/i.test(theme) ? [] : ['@full'])
