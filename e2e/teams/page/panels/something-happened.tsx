import {
  Body1,
  Button,
  Caption1,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  Subtitle2,
  tokens,
} from '@fluentui/react-components'
import { useState } from 'react'
import type { Sample, Sender, State } from '../../model.ts'
import type { Fired } from '../../senders.ts'
import { control } from '../control.ts'
import { Panel } from './panel.tsx'

const useStyles = makeStyles({
  shown: { display: 'block', maxHeight: '40%', overflowY: 'auto', padding: tokens.spacingHorizontalS },
  sender: { display: 'grid', gap: tokens.spacingVerticalS },
  samples: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalS },
  sample: { width: '100%', justifyContent: 'start', textAlign: 'start' },
  words: { display: 'grid', gap: tokens.spacingVerticalXXS },
  quiet: { color: tokens.colorNeutralForeground3, fontWeight: tokens.fontWeightRegular },
  answer: {
    margin: 0,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
  },
})

type Shown = { sample: string; fired: Fired }

/** Makes things happen: each button posts a payload to the real address of the system it belongs to. */
export function SomethingHappened({ state, onClose }: { state: State; onClose: () => void }) {
  const styles = useStyles()
  const [shown, setShown] = useState<Shown>()

  async function fire(sender: Sender, sample: Sample) {
    const fired = await control
      .fire(sender.id, sample.id)
      .catch((error: unknown) => ({ failed: String(error) }))
    setShown({ sample: sample.title, fired })
  }

  return (
    <Panel
      title="Something happened"
      onClose={onClose}
      footer={<output className={styles.shown}>{shown && <ShownAnswer {...shown} />}</output>}
    >
      {state.senders.length === 0 && <Body1>No system that could tell of something is connected yet.</Body1>}
      {state.senders.map((sender) => (
        <section key={sender.id} className={styles.sender} aria-labelledby={`sender-${sender.id}`}>
          <Subtitle2 as="h3" id={`sender-${sender.id}`} style={{ margin: 0 }}>
            {sender.title}
          </Subtitle2>
          <ul className={styles.samples}>
            {sender.samples.map((sample) => (
              <li key={sample.id}>
                <Button
                  className={styles.sample}
                  aria-label={sample.title}
                  aria-description={sample.description}
                  onClick={() => void fire(sender, sample)}
                >
                  <span className={styles.words}>
                    {sample.title}
                    {sample.description !== undefined && (
                      <Caption1 className={styles.quiet}>{sample.description}</Caption1>
                    )}
                  </span>
                </Button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Panel>
  )
}

function ShownAnswer({ sample, fired }: Shown) {
  const styles = useStyles()
  const isTaken = 'status' in fired && fired.status < 300
  return (
    <MessageBar intent={isTaken ? 'success' : 'error'} layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>
          {sample}: {'status' in fired ? fired.status : 'no answer'}
        </MessageBarTitle>
        <pre className={styles.answer}>{'status' in fired ? indented(fired.body) : fired.failed}</pre>
      </MessageBarBody>
    </MessageBar>
  )
}

function indented(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 1)
  } catch {
    return body
  }
}
