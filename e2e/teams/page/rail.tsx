import { Avatar, Caption2, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { AlertRegular, CalendarLtrRegular, ChatRegular, PeopleTeamFilled } from '@fluentui/react-icons'
import type { ReactNode } from 'react'
import type { Person } from '../model.ts'

const useStyles = makeStyles({
  rail: {
    width: '72px',
    flexShrink: 0,
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    gap: tokens.spacingVerticalL,
    padding: `${tokens.spacingVerticalL} 0`,
    backgroundColor: tokens.colorNeutralBackground4,
    borderRight: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
    '@media (max-width: 840px)': { display: 'none' },
  },
  place: { display: 'grid', justifyItems: 'center', fontSize: '24px', color: tokens.colorNeutralForeground3 },
  current: { color: tokens.colorBrandForeground1 },
  person: { marginTop: 'auto' },
})

/** Teams' left edge. Only Teams itself is simulated; the rest is there because it always is. */
export function Rail({ person }: { person: Person | undefined }) {
  const styles = useStyles()
  return (
    <div className={styles.rail}>
      <Place icon={<AlertRegular />} name="Activity" />
      <Place icon={<ChatRegular />} name="Chat" />
      <Place icon={<PeopleTeamFilled />} name="Teams" isCurrent />
      <Place icon={<CalendarLtrRegular />} name="Calendar" />
      {person && <Avatar className={styles.person} name={person.name} color="colorful" />}
    </div>
  )
}

function Place({ icon, name, isCurrent = false }: { icon: ReactNode; name: string; isCurrent?: boolean }) {
  const styles = useStyles()
  return (
    <div className={mergeClasses(styles.place, isCurrent && styles.current)} aria-hidden>
      {icon}
      <Caption2>{name}</Caption2>
    </div>
  )
}
