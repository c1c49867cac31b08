/**
 * The text as it was meant: people paste lines that a mail or a chat has broken, and no blank or invisible character
 * belongs into what this is for.
 */
export function withoutBlanks(text: string): string {
  return text.replace(/[\s\u200B-\u200D\u2060]+/g, '')
}
