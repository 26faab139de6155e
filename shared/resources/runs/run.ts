import * as z from 'zod';
import { defineResource } from '../../records/defineResource.ts';
import type { RecordOf } from '../../records/defineResource.ts';
import { field } from '../../records/fields.ts';
import { aboutSchema } from '../events/about.ts';
import { causeSchema } from '../events/cause.ts';

const stepTraceSchema = z.object({
  stepId: z.string(),
  /** The step with the loop rounds it ran in: `mail`, `mail[3]`, `mail[3][0]`. */
  key: z.string().default(''),
  type: z.string().default(''),
  name: z.string(),
  status: z.enum(['pending', 'running', 'success', 'failed', 'skipped', 'waiting']),
  attempts: z.int().min(0),
  startedAt: z.string(),
  durationMs: z.int().min(0),
  /** What the step was asked to do, rendered; secrets never. */
  input: z.json().optional(),
  output: z.json().optional(),
  error: z.string().default(''),
  /** Which list inside the step was taken: `then`, `options.1.steps`. */
  branch: z.string().optional(),
  /** Sent with what the step does outside, so that a second attempt is recognised. */
  idempotencyKey: z.string().optional(),
  /** Variables its templates named that were not there. */
  unknownVariables: z.array(z.string()).optional(),
  /** What the run had read or written by then: its data are for who sees all of that. Absent = nobody wrote it down. */
  about: z.array(aboutSchema).optional(),
  /** Only in what is sent: input, output and error are kept from this reader. */
  withheld: z.boolean().optional(),
});
export type StepTrace = z.infer<typeof stepTraceSchema>;

/** What a waiting run waits for; `until` is ISO 8601, '' = no end. */
const waitingSchema = z.object({
  for: z.enum(['delay', 'retry', 'time', 'event', 'approval', 'turn']),
  until: z.string(),
  /** Pattern of the event, id of the approval. */
  detail: z.string().default(''),
});
export type RunWaiting = z.infer<typeof waitingSchema>;

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
    /** Oldest first; of very long runs the middle is left out and counted in `leftOut`. */
    steps: field.json(z.array(stepTraceSchema)).default([]),
    leftOut: field.integer({ min: 0 }).default(0),
    waiting: field.json(waitingSchema.nullable()).default(null),
    /** Rules and runs that led to the event, the first cause first. */
    chain: field.json(z.array(causeSchema).max(20)).default([]),
    /** How the run came to be. */
    origin: field.choice(['event', 'manual', 'replay', 'skipped']).default('event'),
    /** The record the run is about. */
    entityType: field.text({ max: 60 }).default(''),
    entityId: field.text({ max: 64 }).default(''),
    variables: field.jsonObject().default({}),
    error: field.multiline().default(''),
  }),
  personalFields: ['variables', 'steps'],
  states: {
    initial: 'running',
    states: {
      running: { order: 1, tone: 'info' },
      waiting: { order: 2, tone: 'warning' },
      success: { order: 3, tone: 'success', terminal: true },
      partial: { order: 4, tone: 'warning' },
      failed: { order: 5, tone: 'danger' },
      cancelled: { order: 6, tone: 'neutral' },
    },
    transitions: [
      { from: 'running', to: 'waiting', by: 'server' },
      { from: 'waiting', to: 'running', by: 'server' },
      { from: 'running', to: 'success', by: 'server' },
      { from: 'running', to: 'partial', by: 'server' },
      { from: 'running', to: 'failed', by: 'server' },
      { from: 'running', to: 'cancelled', by: 'server' },
      { from: 'waiting', to: 'cancelled', by: 'server' },
      { from: 'waiting', to: 'failed', by: 'server' },
      { from: 'partial', to: 'running', by: 'server' },
      { from: 'cancelled', to: 'running', by: 'server' },
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
    lookups: ['body.ruleId', 'body.eventId', 'body.entityId'],
  },
  title: (record) => record.body.ruleName,
});
export type Run = RecordOf<typeof run>;
