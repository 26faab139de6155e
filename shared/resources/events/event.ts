import * as z from 'zod';
import { defineResource } from '../../records/defineResource.ts';
import type { RecordOf } from '../../records/defineResource.ts';
import { field } from '../../records/fields.ts';
import { aboutSchema } from './about.ts';
import { causeSchema } from './cause.ts';

/** Why an event could not be processed; failed events are grouped by it. */
export const eventFailures = ['', 'schema', 'depth', 'quota', 'inactive_type', 'internal'] as const;

/** Something that happened on the platform; stored before it is acknowledged, then processed. */
export const event = defineResource({
  kind: 'event',
  collection: 'events',
  permission: 'events',
  scope: 'tenant-or-platform',
  writer: 'server',
  body: z.object({
    module: field.text({ min: 1, max: 60 }),
    code: field.text({ min: 1, max: 100 }),
    entityType: field.text({ max: 60 }).default(''),
    entityId: field.text({ max: 64 }).default(''),
    data: field.jsonObject().default({}),
    triggeredBy: field.text({ max: 80 }).default('system'),
    source: field.text({ max: 60 }).default(''),
    occurredAt: field.instant(),
    /** How many rules led here, one firing the next; 0 = none. */
    depth: field.integer({ min: 0 }).default(0),
    /** Those rules and runs, the first cause first. */
    chain: field.json(z.array(causeSchema).max(20)).default([]),
    /** Of an event that a rule made: what its run had read or written by then; of one a person wrote anew, anything. null = nobody wrote it down. */
    about: field.json(z.array(aboutSchema).nullable()).default(null),
    /** Rules that were decided to run for it. */
    matched: field.integer({ min: 0 }).default(0),
    attempts: field.integer({ min: 0 }).default(0),
    failure: field.choice(eventFailures).default(''),
    error: field.multiline().default(''),
  }),
  personalFields: ['data'],
  states: {
    initial: 'pending',
    states: {
      pending: { order: 1, tone: 'neutral' },
      processing: { order: 2, tone: 'info' },
      processed: { order: 3, tone: 'success', terminal: true },
      failed: { order: 4, tone: 'danger' },
      ignored: { order: 5, tone: 'neutral' },
    },
    transitions: [
      { from: 'pending', to: 'processing', by: 'server' },
      { from: 'processing', to: 'processed', by: 'server' },
      { from: 'processing', to: 'failed', by: 'server' },
      { from: 'pending', to: 'failed', by: 'server' },
      { from: 'pending', to: 'processed', by: 'server' },
      { from: 'failed', to: 'pending', by: 'server' },
      { from: 'failed', to: 'ignored', by: 'server' },
      { from: 'ignored', to: 'pending', by: 'server' },
    ],
  },
  list: {
    columns: [
      { path: 'body.code', width: 220 },
      { path: 'body.module', width: 110 },
      { path: 'status', width: 120 },
      { path: 'tenantId', width: 180 },
      { path: 'body.source', width: 100 },
      { path: 'body.attempts', width: 90 },
      { path: 'body.matched', width: 90, shown: false },
      { path: 'body.failure', width: 110, shown: false },
      { path: 'body.error', width: 220, shown: false },
      { path: 'body.occurredAt', width: 140 },
    ],
    defaultSort: '-body.occurredAt',
    search: ['module', 'code', 'error', 'entityId'],
    lookups: ['body.entityId'],
  },
  title: (record) => `${record.body.module}.${record.body.code}`,
});
export type Event = RecordOf<typeof event>;
