/**
 * A pattern for `GLOB` that fits texts which contain the words, in capitals or not. Each letter names its own forms,
 * since SQLite's `lower` and `LIKE` know those of English only: nobody would find the team "Équipe" by "équipe".
 */
export function containing(words: string): string {
  return `*${Array.from(words, inAnyCase).join('')}*`
}

/** A sign of the pattern language stands for itself in brackets; a form of two letters, such as of ß, has no place there. */
function inAnyCase(letter: string): string {
  const forms = [...new Set([letter, letter.toLowerCase(), letter.toUpperCase()])]
  const single = forms.filter((form) => Array.from(form).length === 1)
  return single.length > 1 || '*?['.includes(letter) ? `[${single.join('')}]` : letter
}
