import {
  Field,
  Input,
  makeStyles,
  Radio,
  RadioGroup,
  Select,
  Switch,
  tokens,
} from '@fluentui/react-components'
import { startTransition, useOptimistic } from 'react'
import type { Locale, Session, State, Switches, Theme } from '../../model.ts'
import { control } from '../control.ts'
import type { Teams } from '../use-teams.ts'
import { Panel } from './panel.tsx'

const THEMES: { theme: Theme; label: string }[] = [
  { theme: 'default', label: 'Default' },
  { theme: 'dark', label: 'Dark' },
  { theme: 'contrast', label: 'High contrast' },
]

const LOCALES: { locale: Locale; label: string }[] = [
  { locale: 'en-US', label: 'English' },
  { locale: 'fr-FR', label: 'Français' },
  { locale: 'zh-CN', label: '简体中文' },
]

const SWITCHES: { name: Exclude<keyof Switches, 'impatientMs'>; label: string; hint: string }[] = [
  {
    name: 'lostContentUrl',
    label: 'Lose the content URL',
    hint: 'Manage opens the app’s first page; its name and id are kept.',
  },
  {
    name: 'driftingWebhookUrl',
    label: 'Drift the webhook URL',
    hint: 'Manage shows another URL, which replaces the old one when saved.',
  },
  {
    name: 'removeHandlerNotCalled',
    label: 'Remove without asking the app',
    hint: 'The app’s page never opens; its URL answers 410.',
  },
  {
    name: 'hiddenSecondFrame',
    label: 'Open a hidden second frame',
    hint: 'With literal placeholders such as {channelName} in its URL.',
  },
  {
    name: 'lateSettings',
    label: 'Show saved settings late',
    hint: 'getConfig shows the old state for half a second.',
  },
  {
    name: 'saveEventWithoutWebhookUrl',
    label: 'Save without a webhook URL',
    hint: 'An older host: only getConfig has it, after setConfig.',
  },
  { name: 'authTokenFails', label: 'Refuse sign-in tokens', hint: 'getAuthToken fails.' },
  { name: 'withoutLimits', label: 'Lift the limits', hint: 'Neither rate windows nor the size limit.' },
]

const useStyles = makeStyles({
  switches: { display: 'grid', gap: tokens.spacingVerticalM, margin: 0, padding: 0, border: 'none' },
  legend: { padding: 0, marginBottom: tokens.spacingVerticalM, fontWeight: tokens.fontWeightSemibold },
})

type Props = { state: State; learn: Teams['learn']; onClose: () => void }

/** How Teams looks, to whom, and what is wrong with it today. */
export function SettingsPanel({ state, learn, onClose }: Props) {
  const styles = useStyles()
  const { session, switches, change } = useChanges(state, learn)

  return (
    <Panel title="Settings" onClose={onClose}>
      <Field label="Theme">
        <RadioGroup
          value={session.theme}
          onChange={(_event, { value }) => {
            const theme = THEMES.find((one) => one.theme === value)?.theme
            if (theme) change({ theme })
          }}
        >
          {THEMES.map(({ theme, label }) => (
            <Radio key={theme} value={theme} label={label} />
          ))}
        </RadioGroup>
      </Field>
      <Field label="Language" hint="Apps are told; Teams itself stays English here.">
        <Select
          value={session.locale}
          onChange={(_event, { value }) => {
            const locale = LOCALES.find((one) => one.locale === value)?.locale
            if (locale) change({ locale })
          }}
        >
          {LOCALES.map(({ locale, label }) => (
            <option key={locale} value={locale}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="Signed in as">
        <Select value={session.personId} onChange={(_event, { value }) => change({ personId: value })}>
          {state.people.map(({ id, name, organisation }) => (
            <option key={id} value={id}>
              {name} ({organisation})
            </option>
          ))}
        </Select>
      </Field>
      <fieldset className={styles.switches}>
        <legend className={styles.legend}>Known bugs</legend>
        {SWITCHES.map(({ name, label, hint }) => (
          <Field key={name} hint={hint}>
            <Switch
              label={label}
              checked={switches[name]}
              onChange={(_event, { checked }) => change({ [name]: checked })}
            />
          </Field>
        ))}
      </fieldset>
      <Field
        label="Patience in milliseconds"
        hint="How long a save or a removal may take. 0 is Teams’ own: 30 seconds."
      >
        <Input
          type="number"
          min={0}
          max={600_000}
          step={500}
          value={String(switches.impatientMs)}
          onChange={(_event, { value }) =>
            change({ impatientMs: Math.min(600_000, Math.max(0, Math.trunc(Number(value)))) })
          }
        />
      </Field>
    </Panel>
  )
}

type Change = Partial<Session> & Partial<Switches>

/** Draws a change at once, and what the server made of it as soon as that is known. */
function useChanges(state: State, learn: Teams['learn']) {
  const [changed, draw] = useOptimistic<Change, Change>({}, (before, wanted) => ({ ...before, ...wanted }))

  function change(wanted: Change) {
    startTransition(async () => {
      draw(wanted)
      const { theme, locale, personId, ...switches } = wanted
      await learn({
        session: await control.setSession({ theme, locale, personId }),
        switches: await control.setSwitches(switches),
      })
    })
  }
  return { session: { ...state.session, ...changed }, switches: { ...state.switches, ...changed }, change }
}
