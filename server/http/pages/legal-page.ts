import { type Language, languages, languageTags } from '../../model/language.ts'
import { type LegalText, languageNames } from './legal-texts.ts'

/** A text as a page of its own: no scripts, one style by its nonce, light and dark as the reader likes it. */
export function legalPage(
  text: LegalText,
  {
    language,
    nonce,
    host,
    retentionDays,
  }: { language: Language; nonce: string; host: string; retentionDays: number },
): string {
  const days = { style: 'unit', unit: 'day', unitDisplay: 'long' } as const
  const retention = new Intl.NumberFormat(languageTags[language], days).format(retentionDays)
  const sections = text.sections.map(
    ({ heading, paragraphs }) => `
      <section>
        <h2>${escaped(heading)}</h2>
        ${paragraphs.map((paragraph) => `<p>${linked(escaped(paragraph.replace('{retention}', retention)))}</p>`).join('\n        ')}
      </section>`,
  )
  return `<!doctype html>
<html lang="${languageTags[language]}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <link rel="icon" href="/favicon.svg">
    <title>${escaped(text.title)} · Cardwire</title>
    <style nonce="${nonce}">${style}</style>
  </head>
  <body>
    <header>
      <a class="product" href="/?lang=${languageTags[language]}"><img src="/favicon.svg" alt="" width="28" height="28">Cardwire</a>
      <nav>${languages.map((each) => languageLink(each, language)).join('')}</nav>
    </header>
    <main>
      <h1>${escaped(text.title)}</h1>
      <p class="summary">${escaped(text.summary).replace('{host}', `<strong>${escaped(host)}</strong>`)}</p>${sections.join('')}
    </main>
  </body>
</html>
`
}

function languageLink(to: Language, current: Language): string {
  const tag = languageTags[to]
  const isCurrent = to === current ? ' aria-current="true"' : ''
  return `<a href="?lang=${tag}" lang="${tag}" hreflang="${tag}"${isCurrent}>${languageNames[to]}</a>`
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

/** Links of Markdown, to our own pages only. */
function linked(paragraph: string): string {
  return paragraph.replace(/\[([^\]]+)\]\((\/[^)\s]+)\)/g, '<a href="$2">$1</a>')
}

/** Fluent's type and colours, so that whoever comes from Teams feels at home. */
const style = `
  :root { --text: #242424; --quiet: #616161; --line: #e0e0e0; --ground: #fff; --tint: #f5f7fb; --link: #0f548c }
  @media (prefers-color-scheme: dark) {
    :root { --text: #f5f5f5; --quiet: #adadad; --line: #3d3d3d; --ground: #1f1f1f; --tint: #26282e; --link: #96c6fa }
  }
  * { box-sizing: border-box }
  body { margin: 0; background: var(--ground); color: var(--text);
    font: 16px/1.6 'Segoe UI Variable Text', 'Segoe UI', -apple-system, system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif }
  header, main { max-width: 44rem; margin: 0 auto; padding: 0 1.5rem }
  header { display: flex; flex-wrap: wrap; gap: .5rem 2rem; align-items: center; justify-content: space-between;
    padding-top: 1.25rem; padding-bottom: 1.25rem }
  .product { display: inline-flex; align-items: center; gap: .625rem; font-weight: 600; color: inherit; text-decoration: none }
  nav { display: flex; flex-wrap: wrap; gap: .25rem; font-size: .875rem }
  nav a { padding: .25rem .625rem; border-radius: 4px; color: var(--quiet); text-decoration: none }
  nav a:hover { background: var(--tint); color: var(--text) }
  nav a[aria-current] { background: var(--tint); color: var(--text); font-weight: 600 }
  main a { color: var(--link) }
  a:focus-visible { outline: 2px solid var(--link); outline-offset: 1px }
  main { padding-top: 2rem; padding-bottom: 5rem }
  h1 { margin: 0 0 1rem; font-size: 2rem; line-height: 1.25; font-weight: 600; letter-spacing: -.01em; text-wrap: balance }
  h2 { margin: 0 0 .375rem; font-size: 1.125rem; line-height: 1.4; font-weight: 600 }
  p { margin: 0 0 .75rem; text-wrap: pretty; overflow-wrap: break-word }
  .summary { margin-bottom: 2.25rem; padding: 1rem 1.25rem; border-left: 3px solid #ffb454; border-radius: 0 6px 6px 0;
    background: var(--tint); font-size: 1.0625rem }
  section { padding-top: 1.5rem; margin-top: 1.25rem; border-top: 1px solid var(--line) }
  section:first-of-type { border-top: 0; padding-top: 0; margin-top: 0 }
`
