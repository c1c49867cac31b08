import { useMemo, useSyncExternalStore } from 'react'

/** The page and its filters, all of which the URL holds: a link leads to what its sender saw. */
export type Address = { page: string } & Record<string, string>

export interface UseAddress {
  address: Address
  /** Empty values leave the URL. `how` replaces where someone is typing, which is no step to go back to. */
  go(to: Address, how?: 'replace'): void
}

export function useAddress(): UseAddress {
  const search = useSyncExternalStore(subscribe, () => location.search)
  const address = useMemo(() => {
    const { page = 'sources', ...rest } = Object.fromEntries(new URLSearchParams(search))
    return { ...rest, page }
  }, [search])
  return { address, go }
}

function go(to: Address, how?: 'replace'): void {
  const lang = new URLSearchParams(location.search).get('lang')
  const entries = Object.entries(to).filter(([name, value]) => value !== '' && name !== 'lang')
  const query = new URLSearchParams([...entries, ...(lang === null ? [] : [['lang', lang]])])
  history[how === 'replace' ? 'replaceState' : 'pushState'](null, '', `?${query}`)
  dispatchEvent(new PopStateEvent('popstate'))
}

function subscribe(listener: () => void): () => void {
  addEventListener('popstate', listener)
  return () => removeEventListener('popstate', listener)
}
