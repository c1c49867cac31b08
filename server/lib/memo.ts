/**
 * A function that remembers what it made of the last so many arguments, for what is asked often and never changes.
 * The one that was made first is forgotten first.
 */
export function createMemo<Argument, Result>(
  make: (argument: Argument) => Result,
  keep: number,
): (argument: Argument) => Result {
  const made = new Map<Argument, Result>()
  return (argument) => {
    const known = made.get(argument)
    if (known !== undefined) return known
    const result = make(argument)
    const [oldest] = made.keys()
    if (oldest !== undefined && made.size >= keep) made.delete(oldest)
    made.set(argument, result)
    return result
  }
}
