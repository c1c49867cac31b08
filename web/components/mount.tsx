import { type InTeams, Shell } from './shell.tsx'
import { show } from './show.tsx'

/** Puts a page on the screen that lives inside Teams. */
export function mount(page: InTeams): void {
  show(<Shell>{page}</Shell>)
}
