import { Caption1, Checkbox, makeStyles, tokens, useId } from '@fluentui/react-components'
import type { EventType } from '../../../server/model/source.ts'
import { Group } from '../../components/group.tsx'
import { useSentences } from '../../i18n/use-sentences.tsx'

interface Props {
  eventTypes: readonly EventType[]
  chosen: readonly string[]
  onChange(eventTypes: readonly string[]): void
}

/** Which events the channel wants: one box each, and one for all where there are several. */
export function EventPicker({ eventTypes, chosen, onChange }: Props) {
  const styles = useStyles()
  const { form } = useSentences()
  const countId = useId('count')
  const isAll = chosen.length === eventTypes.length
  const toggle = (type: string, isOn: boolean) =>
    onChange(isOn ? [...chosen, type] : chosen.filter((other) => other !== type))
  return (
    <Group label={form.events} isRequired>
      {eventTypes.length > 1 && (
        <div className={styles.all}>
          <Checkbox
            label={form.allEvents}
            aria-describedby={countId}
            checked={isAll || (chosen.length > 0 && 'mixed')}
            onChange={() => onChange(isAll ? [] : eventTypes.map(({ type }) => type))}
          />
          <Caption1 id={countId} className={styles.count}>
            {form.chosen(chosen.length, eventTypes.length)}
          </Caption1>
        </div>
      )}
      <div className={styles.grid}>
        {eventTypes.map(({ type, title }) => (
          <Checkbox
            key={type}
            label={{ children: title, className: styles.label }}
            checked={chosen.includes(type)}
            onChange={(_, { checked }) => toggle(type, checked === true)}
          />
        ))}
      </div>
    </Group>
  )
}

const useStyles = makeStyles({
  all: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
  },
  count: {
    flexShrink: 0,
    color: tokens.colorNeutralForeground3,
    paddingRight: tokens.spacingHorizontalM,
  },
  grid: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 220px), 1fr))',
    alignItems: 'start',
    columnGap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalXS} 0`,
  },
  label: { overflowWrap: 'anywhere', minWidth: 0 },
})
