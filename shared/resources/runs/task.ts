import * as z from 'zod';
import { defineResource } from '../../records/defineResource.ts';
import type { RecordOf } from '../../records/defineResource.ts';
import { field } from '../../records/fields.ts';

/** Work for a person, made by a rule or a colleague. */
export const task = defineResource({
  kind: 'task',
  collection: 'runs',
  permission: 'tasks',
  scope: 'tenant-or-platform',
  writer: 'console',
  body: z.object({
    title: field.text({ min: 1 }),
    description: field.multiline().default(''),
    dueAt: field.instant().default(''),
    priority: field.choice(['low', 'normal', 'high', 'urgent']).default('normal'),
    relatedKind: field.text({ max: 40 }).default(''),
    relatedId: field.text({ max: 64 }).default(''),
  }),
  states: {
    initial: 'open',
    states: {
      open: { order: 1, tone: 'info' },
      in_progress: { order: 2, tone: 'warning' },
      done: { order: 3, tone: 'success' },
      cancelled: { order: 4, tone: 'neutral' },
    },
    transitions: [
      { from: 'open', to: 'in_progress' },
      { from: 'open', to: 'done' },
      { from: 'in_progress', to: 'done' },
      { from: 'in_progress', to: 'open' },
      { from: 'done', to: 'open' },
      { from: 'open', to: 'cancelled' },
      { from: 'in_progress', to: 'cancelled' },
      { from: 'cancelled', to: 'open' },
    ],
  },
  list: {
    columns: [
      { path: 'body.title', width: 280 },
      { path: 'status', width: 120 },
      { path: 'body.priority', width: 100 },
      { path: 'assignedTo', width: 160 },
      { path: 'tenantId', width: 160 },
      { path: 'body.dueAt', width: 140 },
    ],
    defaultSort: 'body.dueAt',
    search: ['title', 'description'],
  },
  title: (record) => record.body.title,
});
export type Task = RecordOf<typeof task>;
