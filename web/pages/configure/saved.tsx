import { CheckmarkCircle48Regular } from '@fluentui/react-icons'
import { Message } from '../../components/message.tsx'
import { useSentences } from '../../i18n/use-sentences.tsx'

/** After Save: Teams usually closes the dialog, but not every host does. */
export function Saved({ name, where }: { name: string; where: string }) {
  const { saved } = useSentences()
  return (
    <Message icon={<CheckmarkCircle48Regular />} title={saved.title}>
      <output>{saved.text(name, where)}</output>
    </Message>
  )
}
