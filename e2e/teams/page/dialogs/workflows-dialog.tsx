import {
  Body1,
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogTitle,
  Field,
  Input,
  makeStyles,
  Subtitle2,
  tokens,
} from '@fluentui/react-components'
import { useState } from 'react'
import type { Channel, State } from '../../model.ts'
import { control } from '../control.ts'
import { WorkflowItem } from './workflow-item.tsx'

const useStyles = makeStyles({
  list: {
    listStyleType: 'none',
    margin: `${tokens.spacingVerticalS} 0 ${tokens.spacingVerticalXL}`,
    padding: 0,
    display: 'grid',
    gap: tokens.spacingVerticalS,
  },
  none: { margin: `${tokens.spacingVerticalS} 0 ${tokens.spacingVerticalXL}` },
  make: {
    display: 'flex',
    alignItems: 'end',
    gap: tokens.spacingHorizontalM,
    flexWrap: 'wrap',
    margin: `${tokens.spacingVerticalXS} 0 ${tokens.spacingVerticalL}`,
  },
  name: { flexGrow: 1 },
})

/** The Workflows app of a channel or chat, with the one template that matters to whoever has a card to send. */
export function WorkflowsDialog(props: { state: State; channel: Channel; onClose: () => void }) {
  const { state, channel, onClose } = props
  const styles = useStyles()
  const here = state.workflows.filter(
    ({ channelId, phase }) => channelId === channel.id && phase !== 'deleted',
  )

  return (
    <DialogBody>
      <DialogTitle>Workflows for “{channel.name}”</DialogTitle>
      <DialogContent>
        <Subtitle2 as="h3" id="workflows">
          Yours
        </Subtitle2>
        {here.length === 0 ? (
          <Body1 as="p" block className={styles.none}>
            There is no workflow here yet. One posts each card that is sent to its URL.
          </Body1>
        ) : (
          <ul className={styles.list} aria-labelledby="workflows">
            {here.map((workflow) => (
              <WorkflowItem key={workflow.id} workflow={workflow} locale={state.session.locale} />
            ))}
          </ul>
        )}
        <Subtitle2 as="h3">When a Teams webhook request is received</Subtitle2>
        <MakeWorkflow channel={channel} count={here.length} />
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>Close</Button>
      </DialogActions>
    </DialogBody>
  )
}

/** The template, whose only question is a name. */
function MakeWorkflow({ channel, count }: { channel: Channel; count: number }) {
  const styles = useStyles()
  const suggested = `Send webhook alerts to ${channel.name}${count > 0 ? ` (${count + 1})` : ''}`
  const [typed, setName] = useState<string>()
  const name = typed ?? suggested
  const [problem, setProblem] = useState<string>()

  async function make() {
    try {
      await control.makeWorkflow({ channelId: channel.id, name: name.trim() || suggested })
      setName(undefined)
      setProblem(undefined)
    } catch (error) {
      setProblem(String(error))
    }
  }

  return (
    <form
      className={styles.make}
      onSubmit={(event) => {
        event.preventDefault()
        void make()
      }}
    >
      <Field
        className={styles.name}
        label="Workflow name"
        {...(problem !== undefined && { validationMessage: problem })}
      >
        <Input value={name} onChange={(_event, { value }) => setName(value)} />
      </Field>
      <Button appearance="primary" type="submit">
        Create workflow
      </Button>
    </form>
  )
}
