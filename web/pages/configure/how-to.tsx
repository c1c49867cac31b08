import { Body1Strong, Caption1, makeStyles, tokens } from '@fluentui/react-components'
import type { ReactElement } from 'react'
import { Disclosure } from '../../components/disclosure.tsx'
import { useTeamsHere } from '../../components/use-teams-here.tsx'
import type { WebhookWords } from './webhook-words.ts'

/** Three pictures of how to make a workflow URL in Teams, drawn in the colours of the theme. */
export function HowTo({ words, isOpenAtFirst }: { words: WebhookWords; isOpenAtFirst: boolean }) {
  const styles = useStyles()
  const { kind } = useTeamsHere().context.place
  return (
    <Disclosure label={words.howTo} summary="" isOpenAtFirst={isOpenAtFirst}>
      <ol className={styles.steps}>
        {words.steps(kind).map(({ title, text }, index) => (
          <li key={title} className={styles.step}>
            {pictures[index]}
            <Body1Strong>{`${index + 1}. ${title}`}</Body1Strong>
            <Caption1 className={styles.text}>{text}</Caption1>
          </li>
        ))}
      </ol>
    </Disclosure>
  )
}

const line = tokens.colorNeutralStroke1
const ink = tokens.colorNeutralForeground3
const brand = tokens.colorBrandBackground
const onBrand = tokens.colorNeutralForegroundOnBrand
const paper = tokens.colorNeutralBackground1
const ground = tokens.colorNeutralBackground3

const Frame = ({ children }: { children: ReactElement | ReactElement[] }) => (
  <svg viewBox="0 0 180 110" role="presentation" aria-hidden="true" focusable="false">
    <rect x="0.5" y="0.5" width="179" height="109" rx="6" fill={ground} stroke={line} />
    {children}
  </svg>
)

const Words = ({ x, y, width, fill = ink }: { x: number; y: number; width: number; fill?: string }) => (
  <rect x={x} y={y} width={width} height="5" rx="2.5" fill={fill} />
)

/** The channel's menu, with Workflows in it; the template; the URL with its copy button. */
const pictures = [
  <Frame key="menu">
    <Words x={14} y={15} width={58} />
    <rect x="142" y="10" width="24" height="15" rx="4" fill={brand} />
    <g fill={onBrand}>
      <circle cx="149" cy="17.5" r="1.6" />
      <circle cx="154" cy="17.5" r="1.6" />
      <circle cx="159" cy="17.5" r="1.6" />
    </g>
    <rect x="78" y="31" width="88" height="68" rx="4" fill={paper} stroke={line} />
    <Words x={98} y={41} width={44} />
    <rect x="81" y="52" width="82" height="18" rx="3" fill={brand} />
    <path d="M86 61h3l2-4 3 8 2-4h3" fill="none" stroke={onBrand} strokeWidth="1.5" strokeLinejoin="round" />
    <text x="103" y="64" fontSize="9" fontWeight="600" fill={onBrand}>
      Workflows
    </text>
    <Words x={98} y={78} width={52} />
    <Words x={98} y={89} width={36} />
  </Frame>,
  <Frame key="template">
    <rect x="14" y="12" width="152" height="18" rx="4" fill={paper} stroke={line} />
    <circle cx="24" cy="21" r="3.5" fill="none" stroke={ink} strokeWidth="1.5" />
    <path d="M26.5 23.5l3 3" stroke={ink} strokeWidth="1.5" strokeLinecap="round" />
    <text x="36" y="24" fontSize="8" fill={ink}>
      webhook
    </text>
    <rect x="14" y="37" width="152" height="36" rx="4" fill={paper} stroke={brand} strokeWidth="2" />
    <path d="M24 55h5l3-7 5 14 3-7h4" fill="none" stroke={brand} strokeWidth="2" strokeLinejoin="round" />
    <text x="52" y="52" fontSize="8" fontWeight="600" fill={tokens.colorNeutralForeground1}>
      When a Teams webhook
    </text>
    <text x="52" y="63" fontSize="8" fontWeight="600" fill={tokens.colorNeutralForeground1}>
      request is received
    </text>
    <rect x="14" y="80" width="152" height="20" rx="4" fill={paper} stroke={line} />
    <Words x={52} y={87} width={74} />
    <circle cx="33" cy="90" r="5" fill={line} />
  </Frame>,
  <Frame key="url">
    <circle cx="90" cy="27" r="12" fill={brand} />
    <path d="M84 27l4.5 4.5L97 23" fill="none" stroke={onBrand} strokeWidth="2.2" strokeLinecap="round" />
    <Words x={60} y={47} width={60} />
    <rect x="14" y="64" width="124" height="22" rx="4" fill={paper} stroke={line} />
    <text x="21" y="78" fontSize="8" fill={ink}>
      https://…&amp;sig=…
    </text>
    <rect x="143" y="64" width="23" height="22" rx="4" fill={brand} />
    <rect x="150" y="69" width="7" height="9" rx="1.5" fill="none" stroke={onBrand} strokeWidth="1.4" />
    <rect x="153" y="72" width="7" height="9" rx="1.5" fill={brand} stroke={onBrand} strokeWidth="1.4" />
  </Frame>,
]

const useStyles = makeStyles({
  steps: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(160px, 1fr))',
    gap: tokens.spacingHorizontalL,
    margin: 0,
    padding: 0,
    listStyleType: 'none',
  },
  step: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS, minWidth: 0 },
  text: { color: tokens.colorNeutralForeground2, textWrap: 'pretty' },
})
