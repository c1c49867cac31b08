import { Field, Input, makeStyles, mergeClasses, Subtitle1, tokens } from '@fluentui/react-components'
import { lazy, Suspense, useEffect } from 'react'
import { useAfterPaint } from '../../components/use-after-paint.ts'
import { hostOfPage } from '../../host.ts'
import { useSentences } from '../../i18n/use-sentences.tsx'
import { choiceFieldsOf } from './choice-fields.ts'
import { Conditions } from './conditions.tsx'
import { type Draft, withSource } from './draft.ts'
import { EventPicker } from './event-picker.tsx'
import type { Form } from './form.ts'
import { SaveLine } from './save-line.tsx'

/**
 * Parts that most people never see, or not at first. They are fetched once the page can be used, and not when they are
 * needed: the one that says why a save failed must be there while the server is not.
 */
const later = {
  choices: () => import('./choices.tsx'),
  notes: () => import('./notes.tsx'),
  preview: () => import('../../components/preview/preview.tsx'),
  running: () => import('./running.tsx'),
  sourcePicker: () => import('./source-picker.tsx'),
  trouble: () => import('./trouble.tsx'),
  webhook: () => import('./webhook-field.tsx'),
}
const Choices = lazy(async () => ({ default: (await later.choices()).Choices }))
const Notes = lazy(async () => ({ default: (await later.notes()).Notes }))
const Preview = lazy(async () => ({ default: (await later.preview()).Preview }))
const Running = lazy(async () => ({ default: (await later.running()).Running }))
const SourcePicker = lazy(async () => ({ default: (await later.sourcePicker()).SourcePicker }))
const Trouble = lazy(async () => ({ default: (await later.trouble()).Trouble }))
const WebhookField = lazy(async () => ({ default: (await later.webhook()).WebhookField }))

interface Props {
  form: Form
  /** The place that gets the cards, in words. */
  where: string
  onChange(update: (draft: Draft) => Draft): void
  onReload(): void
  onTest(): void
}

/** How high the field for the webhook URL is at first, in px: what is below keeps its place while it is fetched. */
const urlFieldHeight = { required: 392, classic: 228, workflow: 42 }

/** The form, top to bottom as people decide: what to call it, whom to listen to, which events, and when. */
export function ConfigurationForm({ form, where, onChange, onReload, onTest }: Props) {
  const styles = useStyles()
  const sentences = useSentences().form
  const { draft, source, saved } = form
  const isPainted = useAfterPaint()
  useEffect(() => {
    if (isPainted) void Promise.allSettled(Object.values(later).map((fetch) => fetch()))
  }, [isPainted])
  const choiceFields = source === undefined ? [] : choiceFieldsOf(source.choices)
  // As high as the list that takes its place, which weighs as much as the rest of the form.
  const awaitedPicker = (
    <Field label={sentences.source} required>
      <Input disabled value={source?.title ?? ''} placeholder={sentences.sourcePlaceholder} />
    </Field>
  )
  const change = (part: Partial<Draft>) => onChange((before) => ({ ...before, ...part }))
  return (
    <main className={styles.page} aria-busy={form.phase === 'saving'}>
      <Subtitle1 as="h1" className={styles.title}>
        {saved === undefined ? sentences.titleNew(where) : sentences.titleEdit(where)}
      </Subtitle1>
      <Suspense>
        {form.notes.length > 0 && <Notes notes={form.notes} />}
        {form.trouble !== undefined && <Trouble failure={form.trouble} onReload={onReload} />}
      </Suspense>
      <fieldset
        className={mergeClasses(styles.fields, form.phase === 'saving' && styles.resting)}
        disabled={form.phase === 'saving'}
      >
        <Field label={sentences.name} required hint={sentences.nameHint[hostOfPage()]}>
          <Input
            value={draft.name}
            maxLength={100}
            placeholder={sentences.namePlaceholder}
            onChange={(_, { value }) => change({ name: value })}
          />
        </Field>
        {form.urlField !== undefined && (
          <Suspense fallback={<div style={{ minHeight: urlFieldHeight[form.urlField] }} />}>
            <WebhookField
              field={form.urlField}
              url={draft.url}
              name={draft.name}
              onChange={(url) => change({ url })}
            />
          </Suspense>
        )}
        {isPainted ? (
          <Suspense fallback={awaitedPicker}>
            <SourcePicker
              sources={form.sources}
              chosen={source}
              onChoose={(next) => onChange((before) => withSource(before, next))}
            />
          </Suspense>
        ) : (
          awaitedPicker
        )}
        {source !== undefined && (
          <>
            {choiceFields.length > 0 && (
              <Suspense>
                <Choices
                  fields={choiceFields}
                  choices={draft.choices}
                  onChange={(choices) => change({ choices })}
                />
              </Suspense>
            )}
            <EventPicker
              eventTypes={source.eventTypes}
              chosen={draft.eventTypes}
              onChange={(eventTypes) => change({ eventTypes })}
            />
            {source.fields.length > 0 && (
              <Conditions fields={source.fields} draft={draft} onChange={change} />
            )}
          </>
        )}
        {saved !== undefined && (
          <Suspense>
            <Running
              isPaused={draft.paused}
              onPause={(paused) => change({ paused })}
              test={form.test}
              onTest={onTest}
            />
          </Suspense>
        )}
        {/* Last, for cards differ in height, and nothing shall move under a pointer. */}
        {source !== undefined && isPainted && (
          <Suspense>
            <Preview
              sourceId={source.id}
              choices={draft.choices}
              eventTypes={source.eventTypes}
              chosen={draft.eventTypes}
              isSaved={saved !== undefined}
              lacksChoices={form.missing.includes('choices')}
            />
          </Suspense>
        )}
      </fieldset>
      <SaveLine form={form} />
    </main>
  )
}

const useStyles = makeStyles({
  page: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalL,
    boxSizing: 'border-box',
    maxWidth: '680px',
    minHeight: '100vh',
    margin: '0 auto',
    padding: `${tokens.spacingVerticalXL} ${tokens.spacingHorizontalXXL} 0`,
  },
  title: { margin: 0, overflowWrap: 'anywhere', textWrap: 'balance' },
  fields: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalL,
    minWidth: 0,
    margin: 0,
    padding: 0,
    border: 'none',
  },
  // A fieldset disables what is in it, but Fluent's controls look as before.
  resting: { opacity: 0.6 },
})
