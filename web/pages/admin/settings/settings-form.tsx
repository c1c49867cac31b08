import {
  Button,
  Caption1,
  Field,
  Input,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
  Select,
  Switch,
  Textarea,
  tokens,
  typographyStyles,
  useId,
} from '@fluentui/react-components'
import { AddRegular, DismissRegular } from '@fluentui/react-icons'
import { createContext, type ReactNode, useContext } from 'react'
import { useConsole } from '../console-context.ts'
import { FittingSelect } from '../fitting-select.tsx'
import { fits, type Part, recordOf, type Shape, startOf, type Way } from './shape.ts'

interface Drawn<One extends Shape = Shape> {
  shape: One
  value: unknown
  onChange(value: unknown): void
  /** What it is, for whoever sees or hears the form. */
  title: string
  hint?: string | undefined
  isRequired?: boolean
  /** Beside its title: a button that takes it away. */
  beside?: ReactNode
}

/** Of several that are alike the first says what each part is; the others need not. */
const Untold = createContext(false)

type Of<Is extends Shape['is']> = Extract<Shape, { is: Is }>

/**
 * A form that is drawn from a schema. What is required is there from the start; what is optional is added by choice and
 * taken away again, so that what is sent is exactly what is seen.
 */
export function SettingsForm({ shape, value, onChange }: Pick<Drawn, 'shape' | 'value' | 'onChange'>) {
  const styles = useStyles()
  if (shape.is !== 'group') return <Control shape={shape} value={value} onChange={onChange} title="" />
  return (
    <div className={styles.stack}>
      <Parts shape={shape} value={value} onChange={onChange} />
    </div>
  )
}

function Control(drawn: Drawn) {
  const { shape, value, onChange } = drawn
  switch (shape.is) {
    case 'constant':
      return null
    case 'yes or no':
      return (
        <Beside beside={drawn.beside}>
          <Field hint={drawn.hint ?? null}>
            <Switch
              label={drawn.title}
              checked={value === true}
              onChange={(_, { checked }) => onChange(checked)}
            />
          </Field>
        </Beside>
      )
    case 'one of':
      return (
        <Labelled {...drawn}>
          <FittingSelect value={String(value)} onChange={(_, chosen) => onChange(chosen.value)}>
            {shape.options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.title}
              </option>
            ))}
          </FittingSelect>
        </Labelled>
      )
    case 'text':
    case 'number':
      return (
        <Labelled {...drawn}>
          {(given) => <Written shape={shape} value={value} onChange={onChange} given={given} />}
        </Labelled>
      )
    case 'group':
      return (
        <Framed {...drawn}>
          <Parts shape={shape} value={value} onChange={onChange} />
        </Framed>
      )
    case 'list':
      return <List {...drawn} shape={shape} />
    case 'either':
      return <Either {...drawn} shape={shape} />
    default:
      return shape satisfies never
  }
}

/** What is written with the keyboard. `given` are the attributes that name it. */
function Written(drawn: {
  shape: Of<'text'> | Of<'number'>
  value: unknown
  onChange(value: unknown): void
  given: object
}) {
  const { shape, value, onChange, given } = drawn
  if (shape.is === 'number') {
    return (
      <Input
        {...given}
        type="number"
        step={shape.isWhole ? 1 : 'any'}
        value={typeof value === 'number' ? String(value) : ''}
        onChange={(_, typed) => onChange(typed.value === '' ? undefined : Number(typed.value))}
      />
    )
  }
  const text = typeof value === 'string' ? value : ''
  const such = shape.such === undefined ? {} : { placeholder: shape.such }
  return shape.isLong ? (
    <Textarea
      {...given}
      {...such}
      resize="vertical"
      rows={Math.min(1 + Math.ceil(text.length / 60), 6)}
      value={text}
      onChange={(_, typed) => onChange(typed.value)}
    />
  ) : (
    <Input {...given} {...such} value={text} onChange={(_, typed) => onChange(typed.value)} />
  )
}

/** The parts of a group, and what may be added to them. */
function Parts({ shape, value, onChange }: Pick<Drawn<Of<'group'>>, 'shape' | 'value' | 'onChange'>) {
  const styles = useStyles()
  const { settings: words } = useConsole().sentences
  const given = recordOf(value)
  const set = (name: string, part: unknown) => onChange({ ...given, [name]: part })
  const remove = (name: string) =>
    onChange(Object.fromEntries(Object.entries(given).filter(([key]) => key !== name)))
  const isThere = ({ name, isRequired }: Part) => isRequired || name in given
  const absent = shape.parts.filter((part) => !isThere(part))
  return (
    <>
      {shape.parts.filter(isThere).map((part) => (
        <Control
          key={part.name}
          shape={part.shape}
          value={given[part.name]}
          onChange={(changed) => set(part.name, changed)}
          title={part.title}
          hint={part.hint}
          isRequired={part.isRequired}
          beside={!part.isRequired && <Remove what={part.title} onRemove={() => remove(part.name)} />}
        />
      ))}
      {absent.length > 0 && (
        <Menu>
          <MenuTrigger disableButtonEnhancement>
            <Button className={styles.add} icon={<AddRegular />}>
              {words.addMore}
            </Button>
          </MenuTrigger>
          <MenuPopover className={styles.menu}>
            <MenuList>
              {absent.map((part) => (
                <MenuItem
                  key={part.name}
                  subText={part.hint ?? null}
                  onClick={() => set(part.name, startOf(part.shape))}
                >
                  {part.title}
                </MenuItem>
              ))}
            </MenuList>
          </MenuPopover>
        </Menu>
      )}
    </>
  )
}

function List({ shape, value, onChange, ...drawn }: Drawn<Of<'list'>>) {
  const styles = useStyles()
  const { settings: words } = useConsole().sentences
  const elements: unknown[] = Array.isArray(value) ? value : []
  const replace = (index: number, ...by: unknown[]) => onChange(elements.toSpliced(index, 1, ...by))
  return (
    <Framed {...drawn}>
      {elements.map((element, index) => {
        const title = words.one(drawn.title, index + 1)
        return (
          // Nothing else tells two elements apart, and none keeps anything that is not in its value.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <Untold.Provider key={index} value={index > 0}>
            <Control
              shape={shape.element}
              value={element}
              onChange={(changed) => replace(index, changed)}
              title={title}
              beside={
                elements.length > shape.fewest && <Remove what={title} onRemove={() => replace(index)} />
              }
            />
          </Untold.Provider>
        )
      })}
      {elements.length < shape.most && (
        <Button
          className={styles.add}
          icon={<AddRegular />}
          onClick={() => onChange([...elements, startOf(shape.element)])}
        >
          {words.addTo(drawn.title)}
        </Button>
      )}
    </Framed>
  )
}

/** Which way it is given, and the value in that way: beside each other where one field is all there is to it. */
function Either({ shape, value, onChange, ...drawn }: Drawn<Of<'either'>>) {
  const styles = useStyles()
  const { settings: words } = useConsole().sentences
  const chosen = shape.ways.find((way) => fits(way.shape, value)) ?? shape.ways[0]
  if (!chosen) return null
  const ways = (
    <Select
      aria-label={words.way(drawn.title)}
      className={styles.way}
      value={chosen.title}
      onChange={(_, { value: title }) => {
        const way = shape.ways.find((one) => one.title === title)
        if (way) onChange(startOf(way.shape))
      }}
    >
      {shape.ways.map(({ title }) => (
        <option key={title}>{title}</option>
      ))}
    </Select>
  )
  const only = onlyIn(chosen, value, onChange)
  if (!only) {
    return (
      <Framed {...drawn} first={ways}>
        {chosen.shape.is === 'group' && <Parts shape={chosen.shape} value={value} onChange={onChange} />}
      </Framed>
    )
  }
  const hint = [drawn.hint, only.hint].filter(Boolean).join(' ')
  return (
    <Labelled {...drawn} hint={hint === '' ? undefined : hint}>
      {(given) => (
        <div className={styles.beside}>
          {ways}
          <div className={styles.grow}>
            <Written shape={only.shape} value={only.value} onChange={only.onChange} given={given} />
          </div>
        </div>
      )}
    </Labelled>
  )
}

/** The one thing to write in this way of giving a value; undefined where there is more, or nothing. */
function onlyIn({ shape }: Way, value: unknown, onChange: (value: unknown) => void) {
  if (shape.is === 'text' || shape.is === 'number') return { shape, value, onChange, hint: undefined }
  const [part, more] = shape.is === 'group' ? shape.parts : []
  if (!part || more || (part.shape.is !== 'text' && part.shape.is !== 'number')) return undefined
  return {
    shape: part.shape,
    value: recordOf(value)[part.name],
    onChange: (written: unknown) => onChange({ [part.name]: written }),
    hint: part.hint,
  }
}

function Remove({ what, onRemove }: { what: string; onRemove(): void }) {
  const { settings: words } = useConsole().sentences
  return (
    <Button
      size="small"
      appearance="subtle"
      icon={<DismissRegular />}
      aria-label={words.remove(what)}
      onClick={onRemove}
    />
  )
}

/** One control under its name. */
function Labelled(
  props: Pick<Drawn, 'title' | 'hint' | 'isRequired' | 'beside'> & {
    children: React.ComponentProps<typeof Field>['children']
  },
) {
  const { title, isRequired = false, beside, children } = props
  const hint = useHint(props)
  return (
    <Beside beside={beside}>
      <Field label={title} hint={hint ?? null} required={isRequired}>
        {children}
      </Field>
    </Beside>
  )
}

function useHint({ hint }: Pick<Drawn, 'hint'>): string | undefined {
  return useContext(Untold) ? undefined : hint
}

function Beside({ beside, children }: { beside: ReactNode; children: ReactNode }) {
  const styles = useStyles()
  return (
    <div className={styles.beside}>
      <div className={styles.grow}>{children}</div>
      {beside}
    </div>
  )
}

/** Several controls under one name. */
function Framed(
  props: Pick<Drawn, 'title' | 'hint' | 'isRequired' | 'beside'> & { first?: ReactNode; children: ReactNode },
) {
  const styles = useStyles()
  const hintId = useId('hint')
  const hint = useHint(props)
  const { title, beside, first, children } = props
  return (
    <fieldset className={styles.frame} {...(hint !== undefined && { 'aria-describedby': hintId })}>
      <legend className={styles.legend}>{title}</legend>
      {/* In the legend it would be a part of the group's name. */}
      {beside && <div className={styles.corner}>{beside}</div>}
      {hint !== undefined && (
        <Caption1 id={hintId} className={styles.hint}>
          {hint}
        </Caption1>
      )}
      {first}
      {children}
    </fieldset>
  )
}

const useStyles = makeStyles({
  stack: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  frame: {
    position: 'relative',
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    minWidth: 0,
    margin: 0,
    padding: `0 0 0 ${tokens.spacingHorizontalM}`,
    border: 'none',
    borderLeft: `${tokens.strokeWidthThick} solid ${tokens.colorNeutralStroke2}`,
  },
  legend: {
    ...typographyStyles.body1Strong,
    // Else it would stand on the frame's upper edge, of which there is none.
    float: 'left',
    width: '100%',
    // Room for what stands in the corner.
    minHeight: '24px',
    padding: '0 32px 0 0',
    boxSizing: 'border-box',
  },
  corner: { position: 'absolute', top: 0, right: 0 },
  hint: { color: tokens.colorNeutralForeground3 },
  beside: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'start',
    gap: tokens.spacingHorizontalS,
  },
  grow: { flexGrow: 1, flexBasis: '200px', minWidth: 0, '& > *': { width: '100%' } },
  way: { minWidth: '130px' },
  add: { alignSelf: 'start' },
  menu: { maxWidth: '440px', maxHeight: '60vh', overflowY: 'auto' },
})
