import { readFile } from 'node:fs/promises'
import { AppError } from '../errors.ts'

/**
 * A page that Vite built, with what it must know before any script runs put where the build left `__WORDS__`.
 * @param words by those words; whatever they say, it stays text.
 * @throws {AppError} `not-ready` when nothing has been built.
 */
export async function builtPage(path: string, words: Record<string, string>): Promise<string> {
  const html = await readPage(path)
  return html.replace(/__([A-Z_]+?)__/g, (place, word: string) => escaped(words[word] ?? place))
}

async function readPage(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    const told = {
      en: 'The pages have not been built on this server: run `npm run build` there.',
      fr: 'Les pages de ce serveur n’ont pas été construites\u00A0: lancez-y `npm run build`.',
      zh: '此服务器尚未构建页面：请在服务器上运行 `npm run build`。',
    }
    throw new AppError('not-ready', { public: told, message: 'page missing', cause })
  }
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
