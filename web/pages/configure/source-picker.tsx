import { Caption1, Dropdown, Field, makeStyles, Option, Text, tokens } from '@fluentui/react-components'
import type { SourceChoice } from '../../../server/model/source.ts'
import { useSentences } from '../../i18n/use-sentences.tsx'

interface Props {
  sources: readonly SourceChoice[]
  chosen: SourceChoice | undefined
  onChoose(source: SourceChoice): void
}

/** Which connected system to listen to, each with the kind of system it is. */
export function SourcePicker({ sources, chosen, onChoose }: Props) {
  const styles = useStyles()
  const { form } = useSentences()
  const choose = (id: string | undefined) => {
    const source = sources.find((known) => known.id === id)
    if (source !== undefined) onChoose(source)
  }
  return (
    <Field label={form.source} required hint={chosen?.access === 'approval' ? form.approval : null}>
      <Dropdown
        placeholder={form.sourcePlaceholder}
        value={chosen?.title ?? ''}
        selectedOptions={chosen === undefined ? [] : [chosen.id]}
        onOptionSelect={(_, { optionValue }) => choose(optionValue)}
        inlinePopup
        positioning={{ matchTargetSize: 'width', autoSize: 'height', overflowBoundaryPadding: 8 }}
        listbox={{ className: styles.list }}
        className={styles.dropdown}
        button={<span className={styles.chosen}>{chosen?.title ?? form.sourcePlaceholder}</span>}
      >
        {sources.map((source) => (
          <Option key={source.id} value={source.id} text={source.title}>
            <div className={styles.option}>
              <Text className={styles.line}>{source.title}</Text>
              <Caption1 className={styles.kind}>{source.kindTitle}</Caption1>
            </div>
          </Option>
        ))}
      </Dropdown>
    </Field>
  )
}

const useStyles = makeStyles({
  dropdown: { minWidth: 0 },
  // Above the line that says what Save waits for, which stays in view at the bottom.
  list: { zIndex: 2 },
  chosen: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  option: { display: 'flex', flexDirection: 'column', minWidth: 0 },
  line: { overflowWrap: 'anywhere' },
  kind: { color: tokens.colorNeutralForeground3 },
})
