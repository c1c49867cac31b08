import { Link, Subtitle2 } from '@fluentui/react-components'
import type { CardBody, DeliveryStory } from '../../../server/model/overview.ts'
import { AdaptiveCard } from '../../components/preview/adaptive-card.tsx'
import { MessageCard } from '../../components/preview/message-card.tsx'
import { impossible } from '../../impossible.ts'
import { useConsole } from './console-context.ts'
import { Ask, Loaded, StateBadge, useStyles, When } from './parts.tsx'
import { useDo, useRead } from './use-admin.ts'

/** All that is known of one delivery, and the way to send it again. */
export function Story({ id, onClose }: { id: string; onClose(): void }) {
  const { deliveries: words, common } = useConsole().sentences
  const read = useRead<DeliveryStory>(`deliveries/${id}`)
  const { run, isBusy } = useDo()
  const story = read.data
  const canSend = story?.canSendAgain === true
  // Once it has been sent again the button stays, for the focus is on it.
  const isShown = canSend || (story !== undefined && story.rounds.length > 1)
  const send = () => run(`deliveries/${id}/redeliver`, { method: 'POST' }, () => words.sent(1))
  return (
    <Ask
      title={story?.title ?? words.story}
      onClose={onClose}
      closeLabel={common.close}
      {...(isShown && {
        action: { label: words.sendAgain, run: () => void send(), isOff: isBusy || !canSend },
      })}
    >
      <Loaded read={read}>{(told) => <Told story={told} />}</Loaded>
    </Ask>
  )
}

function Told({ story }: { story: DeliveryStory }) {
  const styles = useStyles()
  const { sentences } = useConsole()
  const { deliveries: words } = sentences
  const { configurationName, teamName, channelName, sourceName, webhookHost, rounds, digest, members } = story
  const where = [
    story.isTrial && words.trial,
    configurationName,
    teamName,
    channelName,
    sourceName,
    webhookHost,
  ]
  return (
    <div className={styles.stack}>
      <div>
        <StateBadge state={story.state} /> {sentences.transports[story.transport]}
        <div className={styles.small}>{where.filter(Boolean).join(' · ')}</div>
        {story.why !== null && (
          <p>
            {story.why} {story.whatToDo}
          </p>
        )}
      </div>
      {digest && <Others title={words.inDigest} items={[digest]} />}
      {members.length > 0 && <Others title={words.members} items={members} />}
      {rounds.length > 1 && (
        <Others
          title={words.rounds}
          items={rounds.map((one) => ({ ...one, title: words.round(one.round) }))}
        />
      )}
      <Subtitle2 as="h3">{words.attemptList}</Subtitle2>
      {story.attemptList.length === 0 && <p>{words.noAttempts}</p>}
      <ol>
        {story.attemptList.map((attempt) => (
          <li key={attempt.id}>
            <strong>{sentences.outcomes[attempt.outcome]}</strong> {attempt.status} ·{' '}
            <When at={attempt.endedAt} /> · {words.bytes(attempt.sizeBytes)}
            <div>
              {attempt.why} {attempt.whatToDo}
            </div>
            {attempt.answer && <div className={styles.small}>{words.answer(attempt.answer)}</div>}
          </li>
        ))}
      </ol>
      <div>
        <Subtitle2 as="h3">{words.card}</Subtitle2>
        <div className={styles.small}>{story.card ? words.cardIs[story.cardIs] : words.forgotten}</div>
      </div>
      {story.card && (
        <>
          <Drawn card={story.card} />
          <Json title={words.body} value={story.card.body} />
        </>
      )}
      {story.event && <Json title={words.event} value={story.event} />}
    </div>
  )
}

/** The card as Teams shows it. What another version sent is at least there as its body. */
function Drawn({ card }: { card: CardBody }) {
  switch (card.format) {
    case 'MessageCard':
      return <MessageCard card={card.body} />
    case 'AdaptiveCard':
      return <AdaptiveCard card={card.body.attachments[0].content} />
    case null:
      return null
    default:
      return impossible(card)
  }
}

type Other = Pick<DeliveryStory, 'id' | 'state'> & { title?: string }

function Others({ title, items }: { title: string; items: Other[] }) {
  const { address, go } = useConsole()
  return (
    <div>
      <Subtitle2 as="h3">{title}</Subtitle2>
      <ul>
        {items.map((one) => (
          <li key={one.id}>
            <Link as="button" onClick={() => go({ ...address, id: one.id })}>
              {one.title ?? title}
            </Link>{' '}
            <StateBadge state={one.state} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function Json({ title, value }: { title: string; value: object }) {
  const styles = useStyles()
  return (
    <details>
      <summary>{title}</summary>
      <pre className={styles.code}>{JSON.stringify(value, null, 2)}</pre>
    </details>
  )
}
