import { Field, Input, MessageBar, MessageBarBody, Switch } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { Access } from '../../../server/model/source.ts'
import type { Text } from '../../../server/model/text.ts'
import { useConsole } from './console-context.ts'
import { useStyles } from './parts.tsx'
import { SettingsForm } from './settings/settings-form.tsx'
import { isComplete, type Shape } from './settings/shape.ts'

/** A kind as the server lists it. */
export interface Kind {
  id: string
  title: Text
  settings: Record<string, unknown>
  presets: { title: Text; settings: Record<string, unknown> }[]
}

/** What an administrator says of a source, whether it is made or edited. */
export interface SourceDraft {
  name: string
  settings: unknown
  access: Access
}

export function isReady({ name, settings }: SourceDraft, shape: Shape): boolean {
  return name.trim() !== '' && isComplete(shape, settings)
}

/** `children` come between its name and what is set of it. */
export function SourceForm(props: {
  draft: SourceDraft
  shape: Shape
  /** Why the server did not take it. */
  problem: string | undefined
  onChange(draft: SourceDraft): void
  children?: ReactNode
}) {
  const styles = useStyles()
  const { sources: words } = useConsole().sentences
  const { draft, shape, problem, onChange } = props
  return (
    <div className={styles.stack}>
      <Field label={words.name} required>
        <Input
          value={draft.name}
          maxLength={100}
          onChange={(_, { value }) => onChange({ ...draft, name: value })}
        />
      </Field>
      {props.children}
      <SettingsForm
        shape={shape}
        value={draft.settings}
        onChange={(settings) => onChange({ ...draft, settings })}
      />
      <Switch
        label={words.approval}
        checked={draft.access === 'approval'}
        onChange={(_, { checked }) => onChange({ ...draft, access: checked ? 'approval' : 'everyone' })}
      />
      {problem !== undefined && (
        <MessageBar intent="error" role="alert" layout="multiline" ref={comeIntoView}>
          <MessageBarBody>{problem}</MessageBarBody>
        </MessageBar>
      )}
    </div>
  )
}

function comeIntoView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' })
}
