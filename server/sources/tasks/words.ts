import type { Severity } from '../../model/event.ts'
import type { Language } from '../../model/language.ts'
import type { Text } from '../../model/text.ts'
import type { TaskEventType } from './payload.ts'

/** What this kind says to people: what conditions ask about is called the same on a card. */
export const words = {
  tasks: { en: 'Tasks', fr: 'Tâches', zh: '任务' },
  type: { en: 'Event type', fr: 'Type', zh: '事件类型' },
  id: { en: 'Task id', fr: 'Identifiant', zh: '任务编号' },
  title: { en: 'Title', fr: 'Titre', zh: '标题' },
  assignee: { en: 'Assignee', fr: 'Responsable', zh: '负责人' },
  dueDate: { en: 'Due', fr: 'Échéance', zh: '截止日期' },
  description: { en: 'Description', fr: 'Détails', zh: '说明' },
  actor: { en: 'Who did it', fr: 'Fait par', zh: '操作人' },
  open: { en: 'Open task', fr: 'Ouvrir la tâche', zh: '打开任务' },
} satisfies Record<string, Text>

interface Type {
  /** Among the events that a channel can choose. */
  title: Text
  /** On a card, before the task's own title. */
  before: Record<Language, string>
  severity: Severity
}

export const types: Record<TaskEventType, Type> = {
  'task.created': {
    title: { en: 'Created', fr: 'Créée', zh: '已创建' },
    before: { en: 'Task created: ', fr: 'Tâche créée\u00A0: ', zh: '任务已创建：' },
    severity: 'info',
  },
  'task.updated': {
    title: { en: 'Updated', fr: 'Modifiée', zh: '已更新' },
    before: { en: 'Task updated: ', fr: 'Tâche modifiée\u00A0: ', zh: '任务已更新：' },
    severity: 'info',
  },
  'task.completed': {
    title: { en: 'Completed', fr: 'Terminée', zh: '已完成' },
    before: { en: 'Task completed: ', fr: 'Tâche terminée\u00A0: ', zh: '任务已完成：' },
    severity: 'success',
  },
  'task.deleted': {
    title: { en: 'Deleted', fr: 'Supprimée', zh: '已删除' },
    before: { en: 'Task deleted: ', fr: 'Tâche supprimée\u00A0: ', zh: '任务已删除：' },
    severity: 'warning',
  },
}
