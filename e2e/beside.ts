import type { TeamsApp } from './teams/model.ts'
import { CLIENT_ID, TENANT_ID } from './teams/people.ts'

/** Cardwire as the simulated Teams knows it: what the app package says of a server at this address. */
export function cardwireApp(cardwireUrl: string): TeamsApp {
  return {
    connectorId: '0c6a1f0e-5d0c-4b0e-9f57-3b1a5a0f7c21',
    name: 'Cardwire',
    description: 'Cards in this channel when something happens elsewhere.',
    configurationUrl: `${cardwireUrl}/configure?host=connector`,
    tabConfigurationUrl: `${cardwireUrl}/configure?host=tab`,
  }
}

/** The settings of a server that lives beside the simulated Teams instead of Microsoft's. */
export function settingsBeside(
  teamsUrl: string,
  own: { url: string; databasePath: string; adminToken: string },
): Record<string, string> {
  return {
    PORT: new URL(own.url).port,
    PUBLIC_URL: own.url,
    DATABASE_URL: `file:${own.databasePath}`,
    ADMIN_TOKEN: own.adminToken,
    TEAMS_ORIGINS: teamsUrl,
    WEBHOOK_HOSTS: teamsUrl,
    ENTRA_AUTHORITY: `${teamsUrl}/entra`,
    ENTRA_TENANT_IDS: TENANT_ID,
    ENTRA_CLIENT_ID: CLIENT_ID,
  }
}
