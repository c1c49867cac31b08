import { Avatar } from '@fluentui/react-components'
import type { TeamsApp } from '../model.ts'

/** An app's icon; where it has none, or it cannot be loaded, its initials. */
export function AppIcon({ app, name }: { app: TeamsApp | undefined; name: string }) {
  return (
    <Avatar
      shape="square"
      color="brand"
      name={name}
      aria-hidden
      {...(app?.iconUrl !== undefined && { image: { src: app.iconUrl } })}
    />
  )
}
