import { Spinner } from '@fluentui/react-components'
import { lazy, Suspense, useEffect } from 'react'
import type { Field } from '../../../server/model/source.ts'
import { Disclosure } from '../../components/disclosure.tsx'
import { useSentences } from '../../i18n/use-sentences.tsx'
import type { Draft } from './draft.ts'

interface Props {
  fields: readonly Field[]
  draft: Draft
  onChange(part: Partial<Draft>): void
}

/** Fetched once the page can be used. */
const fetchList = () => import('./condition-list.tsx')
const ConditionList = lazy(async () => ({ default: (await fetchList()).ConditionList }))

/** "Only when…": closed while there is nothing in it, since most channels want every event they chose. */
export function Conditions({ fields, draft, onChange }: Props) {
  const { form } = useSentences()
  useEffect(() => {
    fetchList().catch(() => undefined)
  }, [])
  const count = draft.include.length + draft.exclude.length
  return (
    <Disclosure
      label={form.conditions}
      summary={count === 0 ? form.noConditions : form.conditionCount(count)}
      isOpenAtFirst={count > 0}
    >
      <Suspense fallback={<Spinner size="tiny" />}>
        <ConditionList
          label={form.include}
          hint={form.includeHint}
          addLabel={form.addInclude}
          fields={fields}
          conditions={draft.include}
          onChange={(include) => onChange({ include })}
        />
        <ConditionList
          label={form.exclude}
          hint={form.excludeHint}
          addLabel={form.addExclude}
          fields={fields}
          conditions={draft.exclude}
          onChange={(exclude) => onChange({ exclude })}
        />
      </Suspense>
    </Disclosure>
  )
}
