import { type Theme, teamsLightTheme } from '@fluentui/react-components'

export const lightTheme: Theme = teamsLightTheme

/** Fluent's theme for the one Teams names; light where it names another. Only light comes with the page. */
export async function themeOf(name: string): Promise<Theme> {
  if (name === 'dark') return (await import('./dark.ts')).theme
  if (name === 'contrast') return (await import('./contrast.ts')).theme
  return lightTheme
}
