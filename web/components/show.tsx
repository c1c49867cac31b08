import { createDOMRenderer, RendererProvider } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { metaOf } from '../meta.ts'

/**
 * Puts anything on the screen. Fluent writes its styles while it runs, so they carry the policy's nonce. Apart from
 * `mount`, for a page outside of Teams must not carry teams-js, which asks for Teams' hosts as soon as it is loaded.
 */
export function show(page: ReactNode): void {
  const place = document.getElementById('page')
  if (place === null) throw new Error('The HTML of this page has no #page.')
  const nonce = metaOf('csp-nonce')
  const renderer = createDOMRenderer(document, nonce === '' ? {} : { styleElementAttributes: { nonce } })
  createRoot(place).render(
    <RendererProvider renderer={renderer} targetDocument={document}>
      {page}
    </RendererProvider>,
  )
}
