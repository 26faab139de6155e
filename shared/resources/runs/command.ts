import * as z from 'zod';
import { defineResource } from '../../records/defineResource.ts';
import type { RecordOf } from '../../records/defineResource.ts';
import { field } from '../../records/fields.ts';

/** What is more than an edit: made in the console, offline too, executed once by the server. */
export const command = defineResource({
  kind: 'command',
  collection: 'runs',
  permission: 'commands',
  scope: 'tenant-or-platform',
  writer: 'console',
  body: z.object({
    type: field.text({ min: 1, max: 80 }),
    args: field.jsonObject().default({}),
    progress: field.integer({ min: 0, max: 100, unit: 'percent' }).default(0),
    result: field.jsonObject().default({}),
    problem: field.multiline({ max: 2000 }).default(''),
  }),
  personalFields: ['args', 'result'],
  serverFields: ['progress', 'result', 'problem'],
  states: {
    initial: 'queued',
    states: {
      queued: { order: 1, tone: 'neutral' },
      running: { order: 2, tone: 'info' },
      done: { order: 3, tone: 'success', terminal: true },
      failed: { order: 4, tone: 'danger', terminal: true },
      refused: { order: 5, tone: 'warning', terminal: true },
      aborted: { order: 6, tone: 'neutral', terminal: true },
    },
    transitions: [
      { from: 'queued', to: 'aborted' },
      { from: 'running', to: 'aborted' },
      { from: 'queued', to: 'running', by: 'server' },
      { from: 'queued', to: 'refused', by: 'server' },
      { from: 'running', to: 'done', by: 'server' },
      { from: 'running', to: 'failed', by: 'server' },
      { from: 'running', to: 'refused', by: 'server' },
    ],
  },
  list: {
    columns: [
      { path: 'body.type', width: 220 },
      { path: 'status', width: 120 },
      { path: 'body.progress', width: 100 },
      { path: 'body.problem', width: 260 },
      { path: 'createdBy', width: 160 },
      { path: 'createdAt', width: 140 },
    ],
    defaultSort: '-createdAt',
    search: ['type', 'problem'],
  },
  title: (record) => record.body.type,
});
export type Command = RecordOf<typeof command>;
