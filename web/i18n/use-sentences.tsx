import { createContext, useContext } from 'react'
import { english, type Language } from './language.ts'
import type { Sentences } from './sentences.ts'

const LanguageContext = createContext<Language>(english)

export const LanguageProvider = LanguageContext.Provider

export const useSentences = (): Sentences => useContext(LanguageContext).sentences
