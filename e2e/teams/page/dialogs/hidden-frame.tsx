import { useEffect, useEffectEvent, useState } from 'react'
import { createAppHost } from '../wire/app-host.ts'
import { type HostContext, withLiteralPlaceholders } from '../wire/context.ts'
import { createSettingsBox } from '../wire/settings-box.ts'
import { SANDBOX } from './app-frame.tsx'

/**
 * The second, hidden load of an app's page, with literal placeholders in its URL. It gets an answer to all
 * that it asks, and what it sets goes nowhere: an app that acts on load does so here for nobody.
 */
export function HiddenFrame({ url, context }: { url: string; context: HostContext }) {
  const [frame, setFrame] = useState<HTMLIFrameElement | null>(null)
  const contextNow = useEffectEvent(() => context)

  useEffect(() => {
    if (!frame) return undefined
    const ignore = () => undefined
    const host = createAppHost({
      who: 'hidden',
      window: () => frame.contentWindow,
      origin: new URL(url).origin,
      context: () => contextNow(),
      settings: createSettingsBox({ userObjectId: contextNow().userObjectId ?? '' }),
      on: { initialized: ignore, validity: ignore, saved: ignore, removed: ignore, failed: ignore },
    })
    return () => host.end()
  }, [frame, url])

  return (
    <iframe
      ref={setFrame}
      src={withLiteralPlaceholders(url)}
      title="Hidden second frame"
      sandbox={SANDBOX}
      aria-hidden
      tabIndex={-1}
      hidden
    />
  )
}
