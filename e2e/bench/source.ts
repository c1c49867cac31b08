/** One source as its sender knows it. */
export interface Source {
  id: string
  url: string
  secret: string
}

/** Where its tracked system sends, and with which proof. */
export function asSender({ url, secret }: Source): { url: string; headers: Record<string, string> } {
  return { url, headers: { authorization: `Bearer ${secret}` } }
}
