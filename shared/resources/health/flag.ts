import * as z from 'zod';
import { defineResource } from '../../records/defineResource.ts';
import type { RecordOf } from '../../records/defineResource.ts';
import { field } from '../../records/fields.ts';
import { conditionGroupSchema, noConditions } from '../automation/condition.ts';

/** A switch of the platform. A kill switch is obeyed by the server at once. */
export const flag = defineResource({
  kind: 'flag',
  collection: 'health',
  permission: 'flags',
  scope: 'tenant-or-platform',
  writer: 'console',
  body: z.object({
    key: field.code(/^[a-z][a-z0-9_.]*$/),
    name: field.text({ min: 1 }),
    category: field.text({ max: 60 }).default(''),
    type: field.choice(['permanent', 'temporary', 'experimental', 'rollout', 'kill_switch']),
    enabled: field.flag().default(false),
    rolloutPercent: field.integer({ min: 0, max: 100, unit: 'percent' }).default(100),
    conditions: field.json(conditionGroupSchema).default(noConditions),
    value: field.json(z.json()).default(null),
    isCritical: field.flag().default(false),
    ownerId: field.reference('staff').default(''),
    expiresAt: field.instant().default(''),
    description: field.multiline({ max: 2000 }).default(''),
  }),
  unique: [{ fields: ['key'], within: 'tenant' }],
  merge: { conditions: 'whole' },
  list: {
    columns: [
      { path: 'body.name', width: 260 },
      { path: 'body.key', width: 220 },
      { path: 'body.type', width: 120 },
      { path: 'body.enabled', width: 90 },
      { path: 'body.rolloutPercent', width: 100 },
      { path: 'body.isCritical', width: 90 },
      { path: 'updatedAt', width: 130 },
    ],
    defaultSort: 'body.name',
    search: ['name', 'key', 'category', 'description'],
  },
  form: [
    { name: 'identity', fields: ['name', 'key', 'category', 'type', 'description'] },
    { name: 'state', fields: ['enabled', 'rolloutPercent', 'conditions', 'value'] },
    { name: 'limits', fields: ['isCritical', 'ownerId', 'expiresAt'] },
  ],
  title: (record) => record.body.name,
});
export type Flag = RecordOf<typeof flag>;
