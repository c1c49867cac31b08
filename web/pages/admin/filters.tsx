import { Button, Checkbox, Field, Input, makeStyles, Select } from '@fluentui/react-components'
import { useConsole } from './console-context.ts'
import { narrow } from './narrow.ts'

/** Words to look for. Whatever is filtered starts at the beginning again. */
export function SearchField() {
  const styles = useStyles()
  const { sentences, address, go } = useConsole()
  return (
    <Field label={sentences.common.search} className={styles.field}>
      <Input
        className={styles.input}
        type="search"
        value={address['q'] ?? ''}
        maxLength={200}
        onChange={(_, { value }) => go({ ...address, q: value, cursor: '' }, 'replace')}
      />
    </Field>
  )
}

export function FilterField(props: {
  name: string
  label: string
  options: readonly (readonly [value: string, title: string])[]
}) {
  const styles = useStyles()
  const { sentences, address, go } = useConsole()
  const { name, label, options } = props
  return (
    <Field label={label} className={styles.field}>
      <Select
        value={address[name] ?? ''}
        onChange={(_, { value }) => go({ ...address, [name]: value, cursor: '' })}
      >
        <option value="">{sentences.common.any}</option>
        {options.map(([value, title]) => (
          <option key={value} value={value}>
            {title}
          </option>
        ))}
      </Select>
    </Field>
  )
}

/** Only those of which this is so. */
export function FilterTick({ name, value, label }: { name: string; value: string; label: string }) {
  const { address, go } = useConsole()
  return (
    <Checkbox
      label={label}
      checked={address[name] === value}
      onChange={(_, { checked }) => go({ ...address, cursor: '', [name]: checked === true ? value : '' })}
    />
  )
}

/** On to the next page, and back to the first. */
export function Pager({ next }: { next: string | undefined }) {
  const { sentences, address, go } = useConsole()
  const { common } = sentences
  return (
    <p>
      {address['cursor'] && <Button onClick={() => go({ ...address, cursor: '' })}>{common.first}</Button>}{' '}
      {next !== undefined && <Button onClick={() => go({ ...address, cursor: next })}>{common.next}</Button>}
    </p>
  )
}

/** The part of the address that a list's API takes. */
export function queryOf(address: Record<string, string>, names: readonly string[]): string {
  const query = new URLSearchParams()
  for (const name of names) {
    const value = address[name]?.trim()
    if (value) query.set(name, value)
  }
  return String(query)
}

const useStyles = makeStyles({
  // No name of a source is so long that it takes the whole bar.
  field: {
    gridTemplateColumns: 'minmax(0, 1fr)',
    maxWidth: '240px',
    [narrow]: { flex: '1 1 140px', maxWidth: 'none' },
  },
  /** Browsers give what is typed into a width of its own. */
  input: { minWidth: 0 },
})
