import { Avatar } from '@fluentui/react-components'
import { FlowRegular } from '@fluentui/react-icons'
import type { TeamsApp } from '../model.ts'

type Shown = { app: TeamsApp | undefined; name: string; isWorkflow?: boolean }

/** An app's icon; where it has none, or it cannot be loaded, its initials. */
export function AppIcon({ app, name, isWorkflow = false }: Shown) {
  return (
    <Avatar
      shape="square"
      color="brand"
      name={name}
      aria-hidden
      {...(isWorkflow && { icon: <FlowRegular />, initials: '' })}
      {...(app?.iconUrl !== undefined && { image: { src: app.iconUrl } })}
    />
  )
}
