/** What the server wrote into the page's head under this name; empty if it wrote nothing. */
export function metaOf(name: 'csp-nonce' | 'teams-origins'): string {
  const content = document.querySelector(`meta[name="${name}"]`)?.getAttribute('content') ?? ''
  return content.startsWith('__') ? '' : content
}
