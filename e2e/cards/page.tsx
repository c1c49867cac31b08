import {
  FluentProvider,
  type Theme,
  teamsDarkTheme,
  teamsHighContrastTheme,
  teamsLightTheme,
} from '@fluentui/react-components'
import { flushSync } from 'react-dom'
import { createRoot, type Root } from 'react-dom/client'
import { AdaptiveCard } from '../teams/page/cards/adaptive-card.tsx'
import { MessageCard } from '../teams/page/cards/message-card.tsx'
import { readCard } from '../teams/page/cards/read-card.ts'

/** One card as it is sent by either transport. */
export interface Drawings {
  name: string
  messageCard: Record<string, unknown>
  adaptiveCard: object
}

const themes: Record<string, Theme> = {
  light: teamsLightTheme,
  dark: teamsDarkTheme,
  contrast: teamsHighContrastTheme,
}

let root: Root | undefined

/** Called by the script: draws cards in pairs, the MessageCard first, as wide as a channel shows them. */
function show(drawings: readonly Drawings[], themeName: string): void {
  const theme = themes[themeName] ?? teamsLightTheme
  const place = document.getElementById('cards')
  if (place === null) throw new Error('There is no place for the cards.')
  document.body.style.backgroundColor = theme.colorNeutralBackground2
  root ??= createRoot(place)
  const current = root
  flushSync(() =>
    current.render(
      <FluentProvider theme={theme} style={{ backgroundColor: 'transparent' }}>
        {drawings.map(({ name, messageCard, adaptiveCard }) => (
          <div key={name} className="pair">
            <MessageCard card={readCard(messageCard)} />
            <AdaptiveCard content={adaptiveCard} />
          </div>
        ))}
      </FluentProvider>,
    ),
  )
}

declare global {
  interface Window {
    show: typeof show
  }
}
window.show = show
