import { Compile } from 'typebox/compile'
import { Mention } from '../model/event.ts'
import { oneLine } from './clean-text.ts'

const mention = Compile(Mention)

/** Someone to mention, tidied; undefined for what is no name, or no user principal name and no Entra object id. */
export function readMention(name: string, id: string): Mention | undefined {
  const someone = { name: oneLine(name, 200), id: id.trim() }
  return mention.Check(someone) ? someone : undefined
}

/** Nobody is notified twice of one card: ids are the same in capitals. */
export function oncePerPerson(people: readonly Mention[]): Mention[] {
  return [...new Map(people.toReversed().map((one) => [one.id.toLowerCase(), one])).values()].toReversed()
}
