import { createDOMRenderer, RendererProvider } from '@fluentui/react-components'
import { createRoot } from 'react-dom/client'
import { metaOf } from '../meta.ts'
import { type InTeams, Shell } from './shell.tsx'

/** Puts a page on the screen. Fluent writes its styles while it runs, so they carry the policy's nonce. */
export function mount(page: InTeams): void {
  const place = document.getElementById('page')
  if (place === null) throw new Error('The HTML of this page has no #page.')
  const nonce = metaOf('csp-nonce')
  const renderer = createDOMRenderer(document, nonce === '' ? {} : { styleElementAttributes: { nonce } })
  createRoot(place).render(
    <RendererProvider renderer={renderer} targetDocument={document}>
      <Shell>{page}</Shell>
    </RendererProvider>,
  )
}
