import * as z from 'zod';
import { defineResource } from '../../records/defineResource.ts';
import type { RecordOf } from '../../records/defineResource.ts';
import { field } from '../../records/fields.ts';

const stepTrace = z.object({
  stepId: z.string(),
  name: z.string(),
  status: z.enum(['pending', 'running', 'success', 'failed', 'skipped', 'waiting']),
  attempts: z.int().min(0),
  startedAt: z.string(),
  durationMs: z.int().min(0),
  input: z.json().optional(),
  output: z.json().optional(),
  error: z.string().default(''),
});

/** One execution of a rule, with what every step did. */
export const run = defineResource({
  kind: 'run',
  collection: 'runs',
  permission: 'runs',
  scope: 'tenant-or-platform',
  writer: 'server',
  body: z.object({
    ruleId: field.reference('rule'),
    ruleName: field.text(),
    revision: field.integer({ min: 0 }),
    eventId: field.reference('event').default(''),
    depth: field.integer({ min: 0 }).default(0),
    startedAt: field.instant(),
    endedAt: field.instant().default(''),
    durationMs: field.integer({ min: 0, unit: 'milliseconds' }).default(0),
    steps: field.json(z.array(stepTrace)).default([]),
    error: field.multiline().default(''),
  }),
  states: {
    initial: 'running',
    states: {
      running: { order: 1, tone: 'info' },
      waiting: { order: 2, tone: 'warning' },
      success: { order: 3, tone: 'success', terminal: true },
      partial: { order: 4, tone: 'warning', terminal: true },
      failed: { order: 5, tone: 'danger' },
      cancelled: { order: 6, tone: 'neutral', terminal: true },
    },
    transitions: [
      { from: 'running', to: 'waiting', by: 'server' },
      { from: 'waiting', to: 'running', by: 'server' },
      { from: 'running', to: 'success', by: 'server' },
      { from: 'running', to: 'partial', by: 'server' },
      { from: 'running', to: 'failed', by: 'server' },
      { from: 'running', to: 'cancelled', by: 'server' },
      { from: 'waiting', to: 'cancelled', by: 'server' },
      { from: 'failed', to: 'running', by: 'server' },
    ],
  },
  list: {
    columns: [
      { path: 'body.ruleName', width: 260 },
      { path: 'status', width: 120 },
      { path: 'tenantId', width: 180 },
      { path: 'body.durationMs', width: 110 },
      { path: 'body.error', width: 220 },
      { path: 'body.startedAt', width: 140 },
    ],
    defaultSort: '-body.startedAt',
    search: ['ruleName', 'error'],
    lookups: ['body.ruleId'],
  },
  title: (record) => record.body.ruleName,
});
export type Run = RecordOf<typeof run>;
