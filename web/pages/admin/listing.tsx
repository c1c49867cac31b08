import {
  Checkbox,
  makeStyles,
  mergeClasses,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  tokens,
} from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { narrow } from './narrow.ts'

// A table; where there is no room for its columns each row stands by itself, its cells below each other with the
// headings of their columns. The roles are written out, since browsers forget those of a table that is not laid out
// as one.
/* oxlint-disable jsx-a11y/prefer-tag-over-role */

export function Listing({ headings, children }: { headings: ReactNode; children: ReactNode }) {
  const styles = useStyles()
  return (
    <Table role="table" className={styles.table}>
      <TableHeader role="rowgroup" className={styles.group}>
        <TableRow role="row" className={styles.headings}>
          {headings}
        </TableRow>
      </TableHeader>
      <TableBody role="rowgroup" className={styles.group}>
        {children}
      </TableBody>
    </Table>
  )
}

/** `number` and `menu` say what its column holds, which needs little room; one that is `worked` stays where the others go. */
export function Heading(props: { children?: ReactNode; holds?: 'number' | 'menu'; worked?: boolean }) {
  const styles = useStyles()
  const { children, holds, worked = false } = props
  return (
    <TableHeaderCell
      role="columnheader"
      className={mergeClasses(holds && styles[holds], worked ? styles.worked : styles.heading)}
    >
      {children}
    </TableHeaderCell>
  )
}

export function Row({ children }: { children: ReactNode }) {
  return (
    <TableRow role="row" className={useStyles().row}>
      {children}
    </TableRow>
  )
}

/** Without a label it is what the row is about. */
export function Cell({ label, children }: { label?: string; children: ReactNode }) {
  const styles = useStyles()
  return (
    <TableCell
      role="cell"
      data-label={label}
      className={mergeClasses(styles.cell, label === undefined ? styles.subject : styles.labelled)}
    >
      {children}
    </TableCell>
  )
}

/** A box to tick, and beside it what it stands for; a `label` takes the place of that where there are no columns. */
export function Ticked(props: {
  name: string
  label?: string
  isOn: boolean
  isOff?: boolean
  onToggle(): void
  children: ReactNode
}) {
  const styles = useStyles()
  const { name, label, isOn, isOff = false, onToggle, children } = props
  return (
    <div className={styles.ticked}>
      <Checkbox
        aria-label={name}
        {...(label !== undefined && { label: { children: label, className: styles.inNarrow } })}
        checked={isOn}
        disabled={isOff}
        onChange={onToggle}
      />
      {label === undefined ? (
        <div className={styles.beside}>{children}</div>
      ) : (
        <span className={styles.inWide}>{children}</span>
      )}
    </div>
  )
}

/** What can be done with the row. */
export function MenuCell({ children }: { children: ReactNode }) {
  return (
    <TableCell role="cell" className={useStyles().menuCell}>
      {children}
    </TableCell>
  )
}

const plain = { backgroundColor: 'transparent', color: tokens.colorNeutralForeground1 }

const useStyles = makeStyles({
  table: { backgroundColor: tokens.colorNeutralBackground1, [narrow]: { display: 'block' } },
  group: { [narrow]: { display: 'block' } },
  headings: { [narrow]: { display: 'block', position: 'relative', borderBottomStyle: 'none' } },
  heading: {
    [narrow]: {
      position: 'absolute',
      width: '1px',
      height: '1px',
      overflow: 'hidden',
      clipPath: 'inset(50%)',
    },
  },
  worked: { [narrow]: { display: 'block', height: 'auto', padding: `0 ${tokens.spacingHorizontalM}` } },
  number: { width: '120px' },
  menu: { width: '64px' },
  row: {
    // It is no button. Under the pointer the contrast theme would hide its links and small print.
    ':hover': plain,
    ':active': plain,
    [narrow]: {
      display: 'grid',
      position: 'relative',
      gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, max(220px, 40%)), 1fr))',
      gap: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
      padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalM}`,
    },
  },
  cell: {
    overflowWrap: 'anywhere',
    paddingTop: tokens.spacingVerticalSNudge,
    paddingBottom: tokens.spacingVerticalSNudge,
    [narrow]: { display: 'block', height: 'auto', padding: 0 },
  },
  subject: { [narrow]: { gridColumn: '1 / -1', paddingRight: tokens.spacingHorizontalXXXL } },
  labelled: {
    [narrow]: {
      '::before': {
        content: 'attr(data-label)',
        display: 'block',
        color: tokens.colorNeutralForeground2,
        fontSize: tokens.fontSizeBase200,
        lineHeight: tokens.lineHeightBase200,
      },
    },
  },
  ticked: {
    display: 'flex',
    alignItems: 'center',
    // So that the box, which has room around it, stands above what is below it.
    [narrow]: { alignItems: 'start', marginLeft: `calc(-1 * ${tokens.spacingHorizontalS})` },
  },
  beside: { [narrow]: { paddingTop: tokens.spacingVerticalSNudge } },
  inWide: { [narrow]: { display: 'none' } },
  inNarrow: { display: 'none', [narrow]: { display: 'inline' } },
  menuCell: {
    [narrow]: {
      display: 'block',
      position: 'absolute',
      top: tokens.spacingVerticalS,
      right: tokens.spacingHorizontalS,
      height: 'auto',
      padding: 0,
    },
  },
})
