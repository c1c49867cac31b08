import {
  type Theme,
  teamsDarkTheme,
  teamsHighContrastTheme,
  teamsLightTheme,
} from '@fluentui/react-components'
import { useState, useSyncExternalStore } from 'react'

export const themeChoices = ['system', 'light', 'dark', 'contrast'] as const
export type ThemeChoice = (typeof themeChoices)[number]

const themes: Record<Exclude<ThemeChoice, 'system'>, Theme> = {
  light: teamsLightTheme,
  dark: teamsDarkTheme,
  contrast: teamsHighContrastTheme,
}

/** The theme that was picked in this browser, else the system's. */
export function useConsoleTheme() {
  const [choice, setChoice] = useState<ThemeChoice>(
    () => themeChoices.find((one) => one === localStorage.getItem('theme')) ?? 'system',
  )
  const isDark = useMedia('(prefers-color-scheme: dark)')
  const isForced = useMedia('(forced-colors: active)')
  const system = isForced ? 'contrast' : isDark ? 'dark' : 'light'
  return {
    choice,
    theme: themes[choice === 'system' ? system : choice],
    choose(next: ThemeChoice) {
      localStorage.setItem('theme', next)
      setChoice(next)
    },
  }
}

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const list = matchMedia(query)
      list.addEventListener('change', listener)
      return () => list.removeEventListener('change', listener)
    },
    () => matchMedia(query).matches,
  )
}
