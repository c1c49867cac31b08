/** What the server wrote into the page's head under this name; empty if nobody filled it in. */
export function metaOf(name: keyof typeof unfilled): string {
  const content = document.querySelector(`meta[name="${name}"]`)?.getAttribute('content') ?? ''
  return content === unfilled[name] ? '' : content
}

const unfilled = { 'csp-nonce': '__CSP_NONCE__', 'teams-origins': '__TEAMS_ORIGINS__' }
