import { Caption1, makeStyles, Subtitle2, tokens } from '@fluentui/react-components'
import type { MessageCard as Card } from '../../../server/model/message-card.ts'
import { CardFrame, Facts, Links, Picture } from './card-parts.tsx'
import { Markdown } from './markdown.tsx'

type Section = Card['sections'][number]

/** A MessageCard as Teams draws what a connector posts: one section below the other, buttons last. */
export function MessageCard({ card }: { card: Card }) {
  const styles = useStyles()
  const links = (card.potentialAction ?? []).map(({ name, targets: [target] }) => ({
    title: name,
    url: target?.uri ?? '',
  }))
  return (
    <CardFrame>
      <Subtitle2 as="h3" className={styles.title}>
        {card.title}
      </Subtitle2>
      {card.sections.map((section, index) => (
        // A card never changes once it is drawn, so an index is a name.
        <div key={index} className={index === 0 ? styles.section : styles.next}>
          <CardSection section={section} />
        </div>
      ))}
      <Links links={links} />
    </CardFrame>
  )
}

function CardSection({ section }: { section: Section }) {
  const { text, facts = [], images = [] } = section
  return (
    <>
      <Activity section={section} />
      {text !== undefined && (
        <div>
          <Markdown text={text} />
        </div>
      )}
      {facts.length > 0 && <Facts facts={facts} isPlain />}
      {images.map(({ image, title }) => (
        <Picture key={image} url={image} alt={title} />
      ))}
    </>
  )
}

function Activity({ section: { activityTitle, activitySubtitle, activityImage } }: { section: Section }) {
  const styles = useStyles()
  return (
    <div className={styles.activity}>
      {activityImage !== undefined && <Picture url={activityImage} alt="" isPerson />}
      <div>
        {activityTitle !== undefined && (
          <div className={styles.who}>
            <Markdown text={activityTitle} />
          </div>
        )}
        {activitySubtitle !== undefined && (
          <Caption1 block className={styles.quiet}>
            {activitySubtitle}
          </Caption1>
        )}
      </div>
    </div>
  )
}

const useStyles = makeStyles({
  title: { margin: 0 },
  section: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  next: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    paddingTop: tokens.spacingVerticalS,
    borderTop: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
  },
  activity: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalM },
  who: { fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground3 },
})
