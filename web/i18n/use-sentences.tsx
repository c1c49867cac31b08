import { createContext, useContext } from 'react'
import { english, type Spoken } from './language.ts'
import type { Sentences } from './sentences.ts'

const LanguageContext = createContext<Spoken>(english)

export const LanguageProvider = LanguageContext.Provider

export const useSentences = (): Sentences => useContext(LanguageContext).sentences

/** The page's language and its sentences, for what speaks outside of the page: our API, Teams. */
export const useLanguage = (): Spoken => useContext(LanguageContext)
