import * as z from 'zod';
import { defineResource } from '../../records/defineResource.ts';
import type { RecordOf } from '../../records/defineResource.ts';
import { field } from '../../records/fields.ts';
import { conditionGroupSchema, noConditions } from './condition.ts';
import { stepsSchema } from './step.ts';
import { triggerSchema } from './trigger.ts';

/** What happens by itself: when the trigger fires and the conditions hold, the steps run. */
export const rule = defineResource({
  kind: 'rule',
  collection: 'automation',
  permission: 'automation',
  scope: 'tenant-or-platform',
  writer: 'console',
  body: z.object({
    name: field.text({ min: 1 }),
    description: field.multiline({ max: 2000 }).default(''),
    isActive: field.flag().default(false),
    trigger: field.json(triggerSchema).default({ type: 'manual' }),
    conditions: field.json(conditionGroupSchema).default(noConditions),
    steps: field.json(stepsSchema).default([]),
    priority: field.integer({ min: -1000, max: 1000 }).default(0),
    /** 0 = no limit. */
    executionLimit: field.integer({ min: 0 }).default(0),
    cooldownSeconds: field.integer({ min: 0, unit: 'seconds' }).default(0),
    /** What happens when the rule fires while a run of it goes on: skip, wait in line, run beside it, or replace it. */
    concurrency: field.choice(['single', 'queued', 'parallel', 'restart']).default('parallel'),
    /** With 'parallel': runs at once, further ones wait in line; 0 = any number. */
    maxParallel: field.integer({ min: 0, max: 1000 }).default(0),
    /** While the rule is paused, what it would have run for is kept, to be run later. */
    keepSkipped: field.flag().default(true),
    tags: field.tags().default([]),
    executionCount: field.integer({ min: 0 }).default(0),
    lastExecutedAt: field.instant().default(''),
    /** Since when the rule is paused after having been active; '' = it is active or never was. */
    pausedAt: field.instant().default(''),
    /** Events kept while paused. */
    skippedCount: field.integer({ min: 0 }).default(0),
    revision: field.integer({ min: 0 }).default(0),
  }),
  serverFields: ['executionCount', 'lastExecutedAt', 'pausedAt', 'skippedCount', 'revision'],
  merge: { steps: 'by-id', tags: 'set', trigger: 'whole', conditions: 'whole' },
  list: {
    columns: [
      { path: 'body.name', width: 280 },
      { path: 'body.isActive', width: 90 },
      { path: 'tenantId', width: 160 },
      { path: 'body.priority', width: 90 },
      { path: 'body.executionCount', width: 110 },
      { path: 'body.lastExecutedAt', width: 140 },
      { path: 'body.revision', width: 90, shown: false },
      { path: 'body.tags', width: 160, shown: false },
      { path: 'updatedAt', width: 130 },
    ],
    defaultSort: '-body.priority',
    search: ['name', 'description', 'tags'],
  },
  form: [
    { name: 'identity', fields: ['name', 'description', 'isActive', 'tags'] },
    { name: 'logic', fields: ['trigger', 'conditions', 'steps'] },
    {
      name: 'limits',
      fields: ['priority', 'executionLimit', 'cooldownSeconds', 'concurrency', 'maxParallel', 'keepSkipped'],
    },
    { name: 'activity', fields: ['executionCount', 'lastExecutedAt', 'pausedAt', 'skippedCount', 'revision'] },
  ],
  title: (record) => record.body.name,
});
export type Rule = RecordOf<typeof rule>;
