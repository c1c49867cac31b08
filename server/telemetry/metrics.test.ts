import { describe, expect, it } from 'vitest'
import { createMetrics } from './metrics.ts'

describe('metrics', () => {
  it('are counted for one app and no other', async () => {
    const [one, other] = [createMetrics(), createMetrics()]
    one.eventsReceived.inc({ kind: 'tasks', duplicate: 'false' }, 3)
    expect(await one.text()).toContain('cardwire_events_received_total{kind="tasks",duplicate="false"} 3')
    expect(await other.text()).not.toContain('kind="tasks"')
  })

  it('measure what is not counted as it happens before each scrape', async () => {
    const metrics = createMetrics()
    let waiting = 7
    metrics.beforeScrape(async () => metrics.pending.set(waiting))
    expect(await metrics.text()).toContain('cardwire_pending 7')
    waiting = 2
    expect(await metrics.text()).toContain('cardwire_pending 2')
  })

  it('all carry our name, a sentence of help, and their unit', async () => {
    const text = await createMetrics().text()
    const names = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)]
    expect(names.length).toBeGreaterThan(5)
    for (const [, name, type] of names) {
      expect(name).toMatch(/^cardwire_[a-z_]+$/)
      if (type === 'counter') expect(name).toMatch(/_total$/)
      if (type === 'histogram') expect(name).toMatch(/_seconds$/)
    }
    for (const [, help] of text.matchAll(/^# HELP \S+ (.+)$/gm)) expect(help).toMatch(/\.$/)
  })
})
