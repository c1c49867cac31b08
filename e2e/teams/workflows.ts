/**
 * The workflows that post in a channel or a chat whatever is sent to their URL, and their runs.
 *
 * A workflow is `on` from the moment it is made; switched `off` its URL answers like one that is gone, and works
 * again once it is switched on; `deleted` is for ever. Each posts through a connection of its own, whose window
 * is Teams' for the Flow bot.
 */
import { randomBytes } from 'node:crypto'
import type { Changes } from './changes.ts'
import type { Run, Workflow } from './model.ts'
import { createWindows, type Windows, WORKFLOW_LIMITS } from './webhooks/windows.ts'

export type Workflows = {
  create(wanted: { channelId: string; name: string; createdBy: string }): Workflow
  switchTo(id: string, phase: 'on' | 'off'): Workflow | undefined
  delete(id: string): Workflow | undefined
  all(): Workflow[]
  /** The hot path: what is behind a workflow URL, if it was ever made. */
  at(id: string): Flow | undefined
  addRun(flow: Flow, run: Omit<Run, 'id'>): void
  /** Newest first; a workflow forgets its oldest ones. */
  runs(id: string): Run[] | undefined
  /** Every URL there ever was, whatever became of its workflow. */
  minted: readonly string[]
  clear: () => void
  remember(): RememberedWorkflow[]
}

/** One workflow as the endpoint sees it. */
export type Flow = { workflow: Workflow; windows: Windows; runs: Run[] }

/** A workflow and its runs, as the state file keeps them. */
export type RememberedWorkflow = { workflow: Workflow; runs: Run[] }

const MOST_RUNS = 50

export function createWorkflows(options: {
  url: string
  now: () => number
  changes: Changes
  changed: () => void
  changedSoon: () => void
  remembered: readonly RememberedWorkflow[]
}): Workflows {
  const { url, changes } = options
  const flows = new Map<string, Flow>()
  const minted: string[] = []
  let lastRunId = 0
  for (const { workflow, runs } of options.remembered) {
    // The port may be another one than last time; path and signature are what was minted.
    const { pathname, search } = new URL(workflow.webhookUrl)
    add({ ...workflow, webhookUrl: url + pathname + search }, [...runs])
  }

  function add(workflow: Workflow, runs: Run[]): Workflow {
    flows.set(workflow.id, { workflow, windows: createWindows(WORKFLOW_LIMITS), runs })
    minted.push(workflow.webhookUrl)
    lastRunId = Math.max(lastRunId, ...runs.map(({ id }) => id))
    return workflow
  }

  function turn(id: string, phase: Workflow['phase']): Workflow | undefined {
    const workflow = flows.get(id)?.workflow
    if (!workflow || workflow.phase === 'deleted') return undefined
    workflow.phase = phase
    tell()
    return workflow
  }

  function tell() {
    changes.tell('state')
    options.changed()
  }

  return {
    create(wanted) {
      const id = randomBytes(16).toString('hex')
      const webhookUrl = url + mintPath(id)
      const workflow = add({ id, phase: 'on', webhookUrl, createdAt: options.now(), ...wanted }, [])
      tell()
      return workflow
    },
    switchTo: turn,
    delete: (id) => turn(id, 'deleted'),
    all: () => [...flows.values()].map(({ workflow }) => workflow),
    at: (id) => flows.get(id),
    addRun({ runs }, run) {
      lastRunId += 1
      runs.unshift({ id: lastRunId, ...run })
      if (runs.length > MOST_RUNS) runs.length = MOST_RUNS
      changes.tell('runs')
      options.changedSoon()
    },
    runs: (id) => flows.get(id)?.runs,
    minted,
    clear() {
      flows.clear()
      tell()
    },
    remember: () => [...flows.values()].map(({ workflow, runs }) => ({ workflow, runs })),
  }
}

/** Where Power Automate puts a workflow's trigger, with the signature that is all its proof. */
function mintPath(id: string): string {
  const query = new URLSearchParams({
    'api-version': '1',
    sp: '/triggers/manual/run',
    sv: '1.0',
    sig: randomBytes(32).toString('base64url'),
  })
  return `/powerautomate/automations/direct/workflows/${id}/triggers/manual/paths/invoke?${query}`
}
