import { MessageBar, MessageBarBody } from '@fluentui/react-components'
import { useConsole } from './console-context.ts'
import { Ask, Loaded, useStyles } from './parts.tsx'
import { useRead } from './use-admin.ts'

/** The package that is uploaded to Teams, with what the server's settings still lack for it. */
export function AppPackage({ onClose }: { onClose(): void }) {
  const styles = useStyles()
  const { app: words, common } = useConsole().sentences
  const read = useRead<{ warnings: string[] }>('app-package', { isPolled: false })
  return (
    <Ask
      title={words.title}
      onClose={onClose}
      closeLabel={common.close}
      {...(read.isSuccess && { action: { label: words.download, file: '/api/admin/app-package.zip' } })}
    >
      <div className={styles.stack}>
        <p>{words.text}</p>
        <Loaded read={read}>
          {({ warnings }) =>
            warnings.map((warning) => (
              <MessageBar key={warning} intent="warning" layout="multiline">
                <MessageBarBody>{warning}</MessageBarBody>
              </MessageBar>
            ))
          }
        </Loaded>
      </div>
    </Ask>
  )
}
