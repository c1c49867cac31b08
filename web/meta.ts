/** The origins beyond Microsoft's of whoever may open our pages. */
export const teamsOrigins = (): string[] =>
  metaOf('teams-origins')
    .split(',')
    .map((origin) => origin.trim())
    .filter((origin) => origin !== '')

/** What the server wrote into the page's head under this name; empty if nobody filled it in. */
export function metaOf(name: keyof typeof unfilled): string {
  const content = document.querySelector(`meta[name="${name}"]`)?.getAttribute('content') ?? ''
  return content === unfilled[name] ? '' : content
}

const unfilled = {
  'csp-nonce': '__CSP_NONCE__',
  'teams-origins': '__TEAMS_ORIGINS__',
  'sign-in': '__SIGN_IN__',
  'webhook-hosts': '__WEBHOOK_HOSTS__',
  theme: '__THEME__',
  'one-time-code': '__ONE_TIME_CODE__',
  problem: '__PROBLEM__',
}
