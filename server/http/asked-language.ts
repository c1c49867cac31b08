import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Language, languageTags, spokenLanguage } from '../model/language.ts'

/** The language to answer in: the first of `Accept-Language` that we speak, else English. */
export function askedLanguage({ headers }: Pick<FastifyRequest, 'headers'>): Language {
  const wanted = (headers['accept-language'] ?? '')
    .split(',')
    .map((entry) => {
      const [tag = '', ...parameters] = entry.trim().split(';')
      const quality = parameters.map((one) => /^\s*q=([\d.]+)/.exec(one)?.[1]).find((q) => q !== undefined)
      return { language: spokenLanguage(tag), quality: Number(quality ?? 1) }
    })
    .toSorted((a, b) => b.quality - a.quality)
  return wanted.find(({ language, quality }) => language !== undefined && quality > 0)?.language ?? 'en'
}

/** Says in which language an answer is, and that another would be in another. */
export function tellLanguage(reply: FastifyReply, language: Language): void {
  reply.headers({ vary: 'accept-language', 'content-language': languageTags[language] })
}
