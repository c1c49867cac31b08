import { makeStyles, Select, type SelectProps } from '@fluentui/react-components'

/** Keeps to the room there is: browsers give a select the width of its longest option. */
export function FittingSelect(props: Omit<SelectProps, 'ref' | 'className'>) {
  return <Select {...props} className={useStyles().fitting} />
}

const useStyles = makeStyles({
  fitting: { minWidth: 0, width: '100%', '& select': { minWidth: 0, width: '100%' } },
})
