import {
  Button,
  Field,
  MessageBar,
  MessageBarBody,
  makeStyles,
  Textarea,
  tokens,
} from '@fluentui/react-components'
import { SendRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import { type Language, languageOf } from '../../../server/model/language.ts'
import type { TestCardResult } from '../../../server/model/test-card.ts'
import { inLanguage } from '../../../server/model/text.ts'
import { checkWebhookUrl } from '../../../server/model/webhook-url.ts'
import { createTestCard, type Failure } from '../../api.ts'
import { Disclosure } from '../../components/disclosure.tsx'
import { useTeamsHere } from '../../components/use-teams-here.tsx'
import { say } from '../../i18n/say.ts'
import { useLanguage } from '../../i18n/use-sentences.tsx'
import { metaOf } from '../../meta.ts'
import type { TypedUrl } from './draft.ts'
import type { Form } from './form.ts'
import { HowTo } from './how-to.tsx'
import { type WebhookWords, webhookWords } from './webhook-words.ts'

interface Props {
  field: NonNullable<Form['urlField']>
  url: TypedUrl | undefined
  /** What the test card says it was sent for. */
  name: string
  onChange(url: TypedUrl | undefined): void
}

/** The workflow URL: asked for in a tab, and open to change wherever cards go by a URL that someone can paste. */
export function WebhookField({ field, ...given }: Props) {
  const language = languageOf(useLanguage().tag)
  const words = webhookWords[language]
  const shared = { ...given, language, words }
  if (field === 'required') return <UrlField {...shared} isRequired />
  const isClassic = field === 'classic'
  return (
    <Disclosure
      label={words.change}
      summary={isClassic ? words.classicSummary : words.changeSummary}
      isOpenAtFirst={isClassic}
    >
      <UrlField {...shared} isRequired={false} />
    </Disclosure>
  )
}

interface UrlFieldProps extends Omit<Props, 'field'> {
  isRequired: boolean
  language: Language
  words: WebhookWords
}

function UrlField({ url, name, onChange, isRequired, language, words }: UrlFieldProps) {
  const styles = useStyles()
  const text = url?.text ?? ''
  const recognised = recognise(text, language, words)
  const change = (next: string) => {
    if (next.trim() === '' && !isRequired) return onChange(undefined)
    onChange({ text: next, isGood: recognise(next, language, words)?.isGood ?? false })
  }
  return (
    <div className={styles.column}>
      <Field
        label={words.label}
        required={isRequired}
        hint={words.hint}
        {...(recognised && {
          validationState: recognised.isGood ? 'success' : recognised.isClassic ? 'warning' : 'error',
          validationMessage: recognised.words,
        })}
      >
        <Textarea
          value={text}
          rows={3}
          maxLength={4096}
          placeholder={words.placeholder}
          spellCheck={false}
          autoComplete="off"
          textarea={{ className: styles.url }}
          onChange={(_, { value }) => change(value)}
        />
      </Field>
      {recognised?.isGood ? (
        <TryUrl key={text} url={text} name={name} words={words} />
      ) : (
        <HowTo words={words} isOpenAtFirst={isRequired} />
      )}
    </div>
  )
}

/** What stands in the field, in words; nothing is said of an empty one. */
function recognise(text: string, language: Language, words: WebhookWords) {
  if (text.trim() === '') return undefined
  const checked = checkWebhookUrl(text, metaOf('webhook-hosts').split(',').filter(Boolean))
  if (!checked.ok) return { isGood: false, isClassic: false, words: inLanguage(checked.reason, language) }
  const isClassic = checked.transport === 'connector'
  return { isGood: !isClassic, isClassic, words: isClassic ? words.classic : words.workflow }
}

type Tried = 'untried' | 'trying' | { result: TestCardResult } | { failure: Failure }

/** Sends a card before anything is saved, and says what Teams answered. */
function TryUrl({ url, name, words }: { url: string; name: string; words: WebhookWords }) {
  const styles = useStyles()
  const teams = useTeamsHere()
  const { tag, sentences } = useLanguage()
  const [tried, setTried] = useState<Tried>('untried')
  const isTrying = tried === 'trying'
  const send = async () => {
    setTried('trying')
    const testCard = createTestCard({ token: teams.token, language: tag, fetch: window.fetch.bind(window) })
    const { locale } = teams.context
    const answer = await testCard({
      webhookUrl: url,
      locale,
      ...(name.trim() !== '' && { name: name.trim() }),
    })
    setTried(answer.ok ? { result: answer.value } : { failure: answer.failure })
  }
  return (
    <div className={styles.column}>
      <Button
        icon={<SendRegular />}
        disabledFocusable={isTrying}
        className={styles.button}
        onClick={() => void send()}
      >
        {isTrying ? words.testing : words.test}
      </Button>
      <div aria-live="polite">
        {typeof tried === 'object' && (
          <MessageBar intent={intentOf(tried)} layout="multiline">
            <MessageBarBody>
              {'failure' in tried
                ? say(tried.failure, sentences)
                : [tried.result.why, tried.result.whatToDo].filter((part) => part !== null).join(' ')}
            </MessageBarBody>
          </MessageBar>
        )}
      </div>
    </div>
  )
}

/** Accepted is no success yet: only the channel shows one. */
function intentOf(tried: { result: TestCardResult } | { failure: Failure }) {
  if ('failure' in tried) return 'error'
  const { outcome } = tried.result
  if (outcome === 'delivered') return 'success'
  if (outcome === 'accepted') return 'info'
  return outcome === 'waiting' || outcome === 'throttled' || outcome === 'unknown' ? 'warning' : 'error'
}

const useStyles = makeStyles({
  column: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  url: {
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    wordBreak: 'break-all',
    '::placeholder': { wordBreak: 'normal' },
  },
  button: { alignSelf: 'flex-start' },
})
