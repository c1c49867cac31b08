import { existsSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { errorTable } from '../errors.ts'
import { projectRoot } from '../lib/project-root.ts'
import { withPart, writtenParts } from './docs.ts'

describe('the documentation', () => {
  it.each(writtenParts.map((part) => ({ ...part, shown: relative(projectRoot, part.file) })))(
    'has the $name as they are in the code, in $shown: run `npm run docs`',
    ({ file, name, write }) => {
      const document = existsSync(file) ? readFileSync(file, 'utf8') : ''
      expect(document).toBe(withPart(document, name, write()))
    },
  )

  it('explains every error code, and no other', () => {
    const document = readFileSync(`${projectRoot}/server/http/README.md`, 'utf8')
    const explained = [...document.matchAll(/^\| \d{3} \| `([\w-]+)` \| .+ \| .+\. \|$/gm)].map(
      ([, code]) => code,
    )
    expect(explained).toEqual(Object.keys(errorTable))
  })
})

describe('a written part', () => {
  it('replaces what is between its markers and nothing else', () => {
    const document = 'a\n<!-- x -->\nold\n<!-- /x -->\nb <!-- y -->'
    expect(withPart(document, 'x', 'new')).toBe('a\n<!-- x -->\nnew\n<!-- /x -->\nb <!-- y -->')
  })

  it.each(['', '<!-- x -->', '<!-- /x -->', '<!-- /x --><!-- x -->', '<!-- x --><!-- x --><!-- /x -->'])(
    'is missed when its markers are not there: %j',
    (document) => expect(() => withPart(document, 'x', 'new')).toThrow(/needs the lines <!-- x -->/),
  )
})
