import { doorFaults } from './doors.ts'
import { nameFaults } from './names.ts'
import { readModule, type SourceFile } from './read-module.ts'
import { roomFaults } from './rooms.ts'

/** Everything in which the files do not keep to the house's rules, a sentence each. */
export function checkArchitecture(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => {
    const module = readModule(file)
    return [...nameFaults(module), ...roomFaults(module), ...doorFaults(module)]
  })
}
