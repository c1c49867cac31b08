import type { Place } from '../server/model/configuration.ts'

/** Where the page was opened, for people to read; the API's limits are kept. */
export function placeOf(context: PlaceContext): Place {
  const labels = {
    teamId: real(context.team?.groupId) ?? real(context.team?.internalId),
    teamName: real(context.team?.displayName),
    channelId: real(context.channel?.id),
    channelName: real(context.channel?.displayName),
  }
  const kind = context.chat !== undefined && labels.channelId === undefined ? 'chat' : 'channel'
  const { teamId, teamName, channelId, channelName } = labels
  return {
    kind,
    ...(teamId === undefined ? {} : { teamId: teamId.slice(0, 200) }),
    ...(teamName === undefined ? {} : { teamName: teamName.slice(0, 400) }),
    ...(channelId === undefined ? {} : { channelId: channelId.slice(0, 200) }),
    ...(channelName === undefined ? {} : { channelName: channelName.slice(0, 400) }),
  }
}

/** A value Teams really gave: it also sends nothing, `"null"`, and placeholders like `{channelName}`. */
export function real(value: string | null | undefined): string | undefined {
  const text = value?.trim() ?? ''
  return text === '' || text === 'null' || text === 'undefined' || /^\{\w+\}$/.test(text) ? undefined : text
}

/** The part of teams-js' context that is read here. */
interface PlaceContext {
  team?: { internalId?: string; groupId?: string; displayName?: string }
  channel?: { id?: string; displayName?: string }
  chat?: { id?: string }
}
