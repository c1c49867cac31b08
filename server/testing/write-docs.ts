/** `npm run docs`: writes the parts of the documentation that come from code. */
import { readFileSync, writeFileSync } from 'node:fs'
import { withPart, writtenParts } from './docs.ts'

for (const { file, name, write } of writtenParts) {
  const document = readFileSync(file, 'utf8')
  writeFileSync(file, withPart(document, name, write()))
  console.log(`${file}: ${name}`)
}
