import { Body1, Caption1, makeStyles, Subtitle1, tokens } from '@fluentui/react-components'
import { useEffect, useRef } from 'react'
import type { Channel, Post, State } from '../model.ts'
import { AppIcon } from './app-icon.tsx'
import { AdaptiveCard } from './cards/adaptive-card.tsx'
import { MessageCard } from './cards/message-card.tsx'
import { firstText } from './cards/read-adaptive-card.ts'
import { readAttachments, readCard } from './cards/read-card.ts'

const useStyles = makeStyles({
  feed: {
    flexGrow: 1,
    overflowY: 'auto',
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXXL,
    padding: `${tokens.spacingVerticalXL} ${tokens.spacingHorizontalXXL}`,
    backgroundColor: tokens.colorNeutralBackground3,
  },
  // Newest at the bottom, and a short conversation sits there too.
  rest: { marginTop: 'auto' },
  empty: { margin: 'auto', textAlign: 'center', display: 'grid', gap: tokens.spacingVerticalS },
  quiet: { color: tokens.colorNeutralForeground3 },
  post: { display: 'flex', gap: tokens.spacingHorizontalM, alignItems: 'flex-start' },
  body: { flexGrow: 1, minWidth: 0, display: 'grid', gap: tokens.spacingVerticalXS },
  line: { display: 'flex', gap: tokens.spacingHorizontalS, alignItems: 'baseline', flexWrap: 'wrap' },
  name: { fontWeight: tokens.fontWeightSemibold },
})

/** The channel's conversation, oldest first; it follows the newest post as it comes. */
export function Feed({
  state,
  channel,
  posts,
}: {
  state: State
  channel: Channel
  posts: Post[] | undefined
}) {
  const styles = useStyles()
  const end = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (posts) end.current?.scrollIntoView({ block: 'end' })
  }, [posts])

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <div className={styles.feed} role="feed" aria-label={`Posts in ${channel.name}`} tabIndex={0}>
      {posts?.length === 0 ? (
        <div className={styles.empty}>
          <Subtitle1 align="center">Nothing was posted here yet</Subtitle1>
          <Body1 align="center" className={styles.quiet}>
            {channel.kind === 'chat'
              ? 'Add a tab with the plus above to connect something to this chat.'
              : 'Add a tab with the plus above, or open Connectors, to connect something to this channel.'}
          </Body1>
        </div>
      ) : (
        <div className={styles.rest} />
      )}
      {posts?.map((post) => (
        <PostArticle key={post.id} post={post} state={state} />
      ))}
      <div ref={end} />
    </div>
  )
}

function PostArticle({ post, state }: { post: Post; state: State }) {
  const styles = useStyles()
  const at = new Date(post.at)
  const connector = state.connectors.find(({ id }) => id === post.connectorId)
  const app = state.apps.find(({ connectorId }) => connectorId === connector?.connectorId)
  const author = state.people.find(({ id }) => id === post.createdBy)
  const card = readCard(post.message)
  const attachments = readAttachments(post.message)
  const subject =
    firstText(attachments[0]?.['content']) || card.title || card.summary || card.text || 'a card'

  return (
    <article className={styles.post} aria-label={`${post.title}: ${subject}`}>
      <AppIcon app={app} name={post.title} isWorkflow={post.workflowId !== undefined} />
      <div className={styles.body}>
        <div className={styles.line}>
          <span className={styles.name}>{post.title}</span>
          <Caption1 className={styles.quiet}>
            {post.appName === post.title ? '' : `${post.appName} · `}
            <time dateTime={at.toISOString()}>
              {at.toLocaleTimeString(state.session.locale, { timeStyle: 'short' })}
            </time>
          </Caption1>
        </div>
        {attachments.length === 0 && <MessageCard card={card} />}
        {attachments.map((attachment, index) => (
          <AdaptiveCard key={index} content={attachment['content']} />
        ))}
        {author && (
          <Caption1 className={styles.quiet}>
            {author.name} used a Workflow template to send this card.
          </Caption1>
        )}
      </div>
    </article>
  )
}
