import * as AdaptiveCards from 'adaptivecards'
import { adaptiveHtml } from './adaptive-markdown.ts'
import { HOST_CONFIG } from './host-config.ts'
import { cannotBeDrawn, mentionedNames } from './read-adaptive-card.ts'
import { isSafeAddress } from './safe-address.ts'

/** Through a workflow nothing posts back; these three do not. */
const WORKING = [
  AdaptiveCards.OpenUrlAction,
  AdaptiveCards.ShowCardAction,
  AdaptiveCards.ToggleVisibilityAction,
]

/** The card's element, drawn by Microsoft's own library. What cannot be drawn is told in Teams' words. */
export function drawAdaptiveCard(content: unknown): Node {
  const sorry = cannotBeDrawn(content)
  if (sorry !== undefined) return paragraph(sorry)

  const names = mentionedNames(content)
  // The library has one Markdown for all cards, and draws within this call.
  AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = adaptiveHtml(text, names)
    result.didProcess = true
  }
  const card = new AdaptiveCards.AdaptiveCard()
  card.hostConfig = new AdaptiveCards.HostConfig(HOST_CONFIG)
  card.onExecuteAction = open
  card.parse(content)
  for (const action of card.getAllActions()) {
    if (WORKING.some((kind) => action instanceof kind)) continue
    action.isEnabled = false
    action.tooltip = `${action.getJsonTypeName()} does nothing through a workflow`
  }
  return card.render() ?? paragraph('This card is empty.')
}

function open(action: AdaptiveCards.Action) {
  if (!(action instanceof AdaptiveCards.OpenUrlAction) || !action.url) return
  if (isSafeAddress(action.url)) window.open(action.url, '_blank', 'noreferrer')
}

function paragraph(text: string): Node {
  const element = document.createElement('p')
  element.textContent = text
  element.style.padding = '16px'
  return element
}
