import * as z from 'zod';
import { defineResource } from '../../records/defineResource.ts';
import type { RecordOf } from '../../records/defineResource.ts';
import { field } from '../../records/fields.ts';

const commission = z.discriminatedUnion('model', [
  z.object({ model: z.literal('percentage'), basisPoints: z.int().min(0).max(10_000) }),
  z.object({ model: z.literal('fixed'), amountMinor: z.int().min(0) }),
  z.object({
    model: z.literal('tiered'),
    tiers: z
      .array(z.object({ fromCount: z.int().min(0), basisPoints: z.int().min(0).max(10_000) }))
      .min(1)
      .max(20),
  }),
]);

/** The terms under which people earn for bringing customers. Money in minor units of `currency`. */
export const programme = defineResource({
  kind: 'programme',
  collection: 'referrals',
  permission: 'programmes',
  scope: 'tenant-or-platform',
  writer: 'console',
  body: z.object({
    key: field.code(/^[a-z][a-z0-9_-]*$/),
    name: field.text({ min: 1 }),
    type: field.choice(['standard', 'ambassador', 'influencer', 'affiliate', 'special']),
    commission: field.json(commission),
    currency: field.code(/^[A-Z]{3}$/).default('USD'),
    minimumPayout: field.money('currency').default(0),
    maxReferralsPerPerson: field.integer({ min: 0 }).default(0),
    validityDays: field.integer({ min: 1, max: 3650, unit: 'days' }).default(365),
    attributionWindowDays: field.integer({ min: 1, max: 365, unit: 'days' }).default(30),
    holdDays: field.integer({ min: 0, max: 90, unit: 'days' }).default(14),
    targetTiers: field.tags().default([]),
    startsAt: field.instant().default(''),
    endsAt: field.instant().default(''),
    isActive: field.flag().default(false),
    isPublic: field.flag().default(false),
    promotionalMaterial: field.multiline().default(''),
    rules: field.multiline().default(''),
  }),
  unique: [{ fields: ['key'], within: 'platform' }],
  merge: { targetTiers: 'set', commission: 'whole' },
  list: {
    columns: [
      { path: 'body.name', width: 240 },
      { path: 'body.type', width: 120 },
      { path: 'body.isActive', width: 90 },
      { path: 'body.minimumPayout', width: 130 },
      { path: 'body.attributionWindowDays', width: 120 },
      { path: 'body.endsAt', width: 130 },
      { path: 'updatedAt', width: 130 },
    ],
    defaultSort: 'body.name',
    search: ['name', 'key'],
  },
  form: [
    { name: 'identity', fields: ['name', 'key', 'type', 'isActive', 'isPublic'] },
    { name: 'money', fields: ['commission', 'currency', 'minimumPayout', 'holdDays'] },
    {
      name: 'limits',
      fields: ['maxReferralsPerPerson', 'validityDays', 'attributionWindowDays', 'targetTiers', 'startsAt', 'endsAt'],
    },
    { name: 'notes', fields: ['promotionalMaterial', 'rules'] },
  ],
  title: (record) => record.body.name,
});
export type Programme = RecordOf<typeof programme>;
