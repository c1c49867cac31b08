import { Button, Caption1, makeStyles, mergeClasses, Subtitle2, tokens } from '@fluentui/react-components'
import { Markdown } from './markdown.tsx'
import type { MessageCard as Card, CardAction, Section } from './read-card.ts'
import { isSafeAddress } from './safe-address.ts'

const useStyles = makeStyles({
  card: {
    display: 'grid',
    gap: tokens.spacingVerticalM,
    maxWidth: '640px',
    padding: tokens.spacingHorizontalL,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    boxShadow: tokens.shadow2,
    overflowWrap: 'anywhere',
    lineHeight: tokens.lineHeightBase300,
  },
  section: { display: 'grid', gap: tokens.spacingVerticalS },
  laterSection: {
    paddingTop: tokens.spacingVerticalM,
    borderTop: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
  },
  activity: { display: 'flex', gap: tokens.spacingHorizontalM, alignItems: 'center' },
  activityImage: {
    width: '48px',
    height: '48px',
    flexShrink: 0,
    objectFit: 'cover',
    borderRadius: tokens.borderRadiusCircular,
    backgroundColor: tokens.colorNeutralBackground4,
  },
  activityTitle: { fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground3 },
  facts: {
    display: 'grid',
    gridTemplateColumns: 'fit-content(40%) 1fr',
    columnGap: tokens.spacingHorizontalL,
    rowGap: tokens.spacingVerticalXS,
    margin: 0,
    '& dt': { fontWeight: tokens.fontWeightSemibold },
    '& dd': { margin: 0 },
  },
  images: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  image: {
    maxWidth: '200px',
    maxHeight: '120px',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground4,
  },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
})

/** A card as Teams' client draws it: title, text, sections one below the other, buttons last. */
export function MessageCard({ card }: { card: Card }) {
  const styles = useStyles()
  return (
    <div className={styles.card}>
      {card.title !== '' && (
        <Subtitle2 as="h3" style={{ margin: 0 }}>
          {card.title}
        </Subtitle2>
      )}
      {card.text !== '' && (
        <div>
          <Markdown text={card.text} />
        </div>
      )}
      {card.sections.map((section, index) => (
        <CardSection key={index} section={section} isFirst={index === 0} />
      ))}
      <Actions actions={card.actions} />
    </div>
  )
}

function CardSection({ section, isFirst }: { section: Section; isFirst: boolean }) {
  const styles = useStyles()
  const { isPlain } = section
  return (
    <div className={mergeClasses(styles.section, !isFirst && styles.laterSection)}>
      {section.title !== '' && (
        <strong>
          <Markdown text={section.title} isPlain={isPlain} />
        </strong>
      )}
      <Activity section={section} />
      {section.text !== '' && (
        <div>
          <Markdown text={section.text} isPlain={isPlain} />
        </div>
      )}
      {section.facts.length > 0 && (
        <dl className={styles.facts}>
          {section.facts.map(({ name, value }, index) => (
            <FactRow key={index} name={name} value={value} isPlain={isPlain} />
          ))}
        </dl>
      )}
      {section.images.length > 0 && (
        <div className={styles.images}>
          {section.images.map(({ image, title }, index) => (
            <img key={index} className={styles.image} src={image} alt={title} title={title} />
          ))}
        </div>
      )}
      <Actions actions={section.actions} />
    </div>
  )
}

function FactRow({ name, value, isPlain }: { name: string; value: string; isPlain: boolean }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <Markdown text={value} isPlain={isPlain} />
      </dd>
    </>
  )
}

function Activity({ section }: { section: Section }) {
  const styles = useStyles()
  const { activityTitle, activitySubtitle, activityText, activityImage, isPlain } = section
  if (activityTitle === '' && activitySubtitle === '' && activityText === '' && activityImage === '')
    return null
  return (
    <div className={styles.activity}>
      {activityImage !== '' && <img className={styles.activityImage} src={activityImage} alt="" />}
      <div>
        {activityTitle !== '' && (
          <div className={styles.activityTitle}>
            <Markdown text={activityTitle} isPlain={isPlain} />
          </div>
        )}
        {activitySubtitle !== '' && (
          <Caption1 as="p" block className={styles.quiet} style={{ margin: 0 }}>
            {activitySubtitle}
          </Caption1>
        )}
        {activityText !== '' && <Markdown text={activityText} isPlain={isPlain} />}
      </div>
    </div>
  )
}

/** `OpenUri` opens its page; the other kinds of button are drawn, and cannot be pressed here. */
function Actions({ actions }: { actions: CardAction[] }) {
  const styles = useStyles()
  if (actions.length === 0) return null
  return (
    <div className={styles.actions}>
      {actions.map(({ type, name, uri }, index) =>
        type === 'OpenUri' && isSafeAddress(uri) ? (
          <Button key={index} as="a" href={uri} target="_blank" rel="noreferrer">
            {name}
          </Button>
        ) : (
          <Button key={index} disabled title={`${type || 'This'} button is not simulated`}>
            {name}
          </Button>
        ),
      )}
    </div>
  )
}
