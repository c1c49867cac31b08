/** Ends a `switch` over a closed set: a case that is forgotten does not compile. */
export function impossible(value: never): never {
  throw new Error(`Nobody thought of ${JSON.stringify(value)}.`)
}
