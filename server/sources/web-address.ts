/** An address that any client can open as it stands (blanks and the like encoded), or nothing. */
export function webAddress(
  text: string,
  schemes: readonly string[] = ['http:', 'https:'],
): string | undefined {
  const trimmed = text.trim()
  if (!URL.canParse(trimmed)) return undefined
  const { href, protocol } = new URL(trimmed)
  return schemes.includes(protocol) && href.length <= maxLength ? href : undefined
}

const maxLength = 4096
