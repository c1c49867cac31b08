import { createContext, useContext } from 'react'
import type { Teams } from '../teams.ts'

const TeamsContext = createContext<Teams | undefined>(undefined)

/** Hands the Teams around a page to what is deep inside it. */
export const TeamsProvider = TeamsContext.Provider

export function useTeamsHere(): Teams {
  const teams = useContext(TeamsContext)
  if (teams === undefined) throw new Error('There is no Teams around this part of the page.')
  return teams
}
