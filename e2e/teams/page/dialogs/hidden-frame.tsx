import { useState } from 'react'
import { withLiteralPlaceholders } from '../wire/context.ts'
import { createSettingsBox } from '../wire/settings-box.ts'
import { type Placed, useAppPage } from '../wire/use-app-page.ts'
import { SANDBOX } from './app-frame.tsx'

/**
 * The second, hidden load of an app's page, with literal placeholders in its URL. It gets an answer to all
 * that it asks, and what it sets goes nowhere: an app that acts on load does so here for nobody.
 */
export function HiddenFrame(placed: Placed) {
  const [settings] = useState(() => createSettingsBox({ settings: {} }))
  const { setFrame } = useAppPage({ ...placed, who: 'hidden', settings })
  return (
    <iframe
      ref={setFrame}
      src={withLiteralPlaceholders(placed.url)}
      title="Hidden second frame"
      sandbox={SANDBOX}
      aria-hidden
      tabIndex={-1}
      hidden
    />
  )
}
