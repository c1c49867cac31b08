import {
  Button,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  tokens,
} from '@fluentui/react-components'
import { SendRegular } from '@fluentui/react-icons'
import { say } from '../../i18n/say.ts'
import { useSentences } from '../../i18n/use-sentences.tsx'
import type { Test } from './form.ts'

/** Sends a card to the channel as it is saved now, and says what became of it. */
export function TestCard({ test, onSend }: { test: Test; onSend(): void }) {
  const styles = useStyles()
  const sentences = useSentences()
  const { form, trouble } = sentences
  const isSending = test === 'sending'
  return (
    <div className={styles.column}>
      <Button icon={<SendRegular />} disabledFocusable={isSending} onClick={onSend} className={styles.button}>
        {isSending ? form.testing : form.test}
      </Button>
      <div aria-live="polite">
        {test === 'sent' && (
          <MessageBar intent="success">
            <MessageBarBody>{form.tested}</MessageBarBody>
          </MessageBar>
        )}
        {typeof test === 'object' && (
          <MessageBar intent="error" layout="multiline">
            <MessageBarBody>
              <MessageBarTitle>{trouble.testTitle}</MessageBarTitle>
              {say(test, sentences)}
            </MessageBarBody>
          </MessageBar>
        )}
      </div>
    </div>
  )
}

const useStyles = makeStyles({
  column: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  button: { alignSelf: 'flex-start' },
})
