import type { Example } from '../source.ts'

const task = {
  id: 'T-1042',
  title: 'Write the release notes for 3.2',
  url: 'https://tasks.example.com/T-1042',
  assignee: 'Grace Hopper',
  description: 'Everything since **3.1**, with a word for administrators about the new setting.',
  dueDate: '2026-11-27',
}

const ada = { name: 'Ada Lovelace' }

/** One task's life, then two events in one request. */
export const examples: readonly Example[] = [
  {
    id: 'created',
    title: { en: 'A task is created', fr: 'Une tâche est créée', zh: '创建任务' },
    settings: {},
    body: { id: 'e-1', type: 'task.created', occurredAt: '2026-11-20T09:30:00Z', actor: ada, task },
    types: ['task.created'],
  },
  {
    id: 'updated',
    title: { en: 'Its date is moved', fr: 'Son échéance est déplacée', zh: '任务改期' },
    settings: {},
    body: {
      id: 'e-2',
      type: 'task.updated',
      occurredAt: '2026-11-23T11:05:00+01:00',
      actor: 'Grace Hopper',
      task: { ...task, dueDate: '2026-11-30' },
    },
    types: ['task.updated'],
  },
  {
    id: 'completed',
    title: { en: 'It is done', fr: 'Elle est terminée', zh: '完成任务' },
    settings: {},
    body: {
      id: 'e-3',
      type: 'task.completed',
      occurredAt: '2026-11-28T16:42:10Z',
      actor: 'Grace Hopper',
      task,
    },
    types: ['task.completed'],
  },
  {
    id: 'several',
    title: {
      en: 'Two events in one request',
      fr: 'Deux événements en une requête',
      zh: '一个请求中有两个事件',
    },
    settings: {},
    body: [
      { id: 'e-4', type: 'task.deleted', actor: ada, task },
      { id: 'e-5', type: 'task.created', task: { id: 'T-1043', title: 'Order the cake', assignee: null } },
    ],
    types: ['task.deleted', 'task.created'],
  },
]
