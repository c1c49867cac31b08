import type { Channel, State } from '../../model.ts'

/** Where a page of the app finds itself. */
export type FrameContext = 'settings' | 'content' | 'remove' | 'authentication'

const SESSION_ID = crypto.randomUUID()

/** What `getContext` answers: the flat names of the wire, which the SDK turns into its own. */
export function contextOf(
  { state, channel }: { state: State; channel: Channel },
  { frameContext, entityId }: { frameContext: FrameContext; entityId: string | undefined },
) {
  const person = state.people.find(({ id }) => id === state.session.personId)
  return {
    locale: state.session.locale,
    theme: state.session.theme,
    frameContext,
    entityId: entityId ?? '',
    subEntityId: '',
    hostName: 'Teams',
    hostClientType: 'web',
    sessionId: SESSION_ID,
    appSessionId: SESSION_ID,
    ringId: 'general',
    isFullScreen: false,
    userObjectId: person?.id,
    userDisplayName: person?.name,
    userPrincipalName: person?.userPrincipalName,
    loginHint: person?.userPrincipalName,
    tid: person?.tenantId,
    hostTeamTenantId: state.entra.tenantId,
    ...(channel.kind === 'chat' ? { chatId: channel.id } : inTeam(state, channel)),
  }
}

const inTeam = ({ team }: State, channel: Channel) => ({
  teamId: team.id,
  teamName: team.name,
  teamType: 0,
  userTeamRole: 0,
  groupId: team.groupId,
  hostTeamGroupId: team.groupId,
  channelId: channel.id,
  channelName: channel.name,
  channelType: 'Regular',
  channelRelativeUrl: `/sites/${team.name}/Shared Documents/${channel.name}`,
})

export type HostContext = ReturnType<typeof contextOf>

/** `{locale}` and the like in an app's URL, filled in as Teams does. */
export function fillPlaceholders(url: string, context: HostContext): string {
  const values: Record<string, unknown> = context
  return url.replaceAll(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = values[name]
    return typeof value === 'string' ? encodeURIComponent(value) : placeholder
  })
}

/** The URL of the hidden second frame: the placeholders that Teams forgot to fill in. */
export function withLiteralPlaceholders(url: string): string {
  return `${url}${url.includes('?') ? '&' : '?'}team={teamName}&channel={channelName}&locale={locale}&theme={theme}`
}
