import {
  FluentProvider,
  type Theme,
  teamsDarkTheme,
  teamsHighContrastTheme,
  teamsLightTheme,
} from '@fluentui/react-components'
import * as AdaptiveCards from 'adaptivecards'
import { flushSync } from 'react-dom'
import { createRoot, type Root } from 'react-dom/client'
import { Markdown } from '../teams/page/cards/markdown.tsx'
import { MessageCard } from '../teams/page/cards/message-card.tsx'
import { readCard } from '../teams/page/cards/read-card.ts'
import { hostConfigOf } from './host-config.ts'

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
  const page = (
    <FluentProvider theme={theme} style={{ backgroundColor: 'transparent' }}>
      {drawings.map(({ name, messageCard }) => (
        <div key={`${name} ${themeName}`} className="pair" data-name={name}>
          <div className="card" data-transport="connector">
            <MessageCard card={readCard(messageCard)} />
          </div>
          <div className="card" data-transport="workflow">
            <div
              className="adaptive"
              style={{ borderColor: theme.colorNeutralStroke2, color: theme.colorNeutralForeground1 }}
            />
          </div>
        </div>
      ))}
    </FluentProvider>
  )
  const current = root
  flushSync(() => current.render(page))
  const places = place.querySelectorAll('.adaptive')
  drawings.forEach(({ adaptiveCard }, index) =>
    places[index]?.replaceChildren(drawAdaptiveCard(adaptiveCard, theme)),
  )
}

function drawAdaptiveCard(content: object, theme: Theme): Node {
  const card = new AdaptiveCards.AdaptiveCard()
  card.hostConfig = new AdaptiveCards.HostConfig(hostConfigOf(theme))
  card.parse(content)
  return card.render() ?? document.createTextNode('This card cannot be drawn.')
}

/** The library leaves Markdown to its host, and wants it at once. */
AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
  const place = document.createElement('div')
  const inner = createRoot(place)
  flushSync(() => inner.render(<Markdown text={text} />))
  result.outputHtml = place.innerHTML
  result.didProcess = true
}

declare global {
  interface Window {
    show: typeof show
  }
}
window.show = show
