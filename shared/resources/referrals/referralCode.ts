import * as z from 'zod';
import { defineResource } from '../../records/defineResource.ts';
import type { RecordOf } from '../../records/defineResource.ts';
import { field } from '../../records/fields.ts';

/** A code a person shares; counters are the server's. */
export const referralCode = defineResource({
  kind: 'referralCode',
  collection: 'referrals',
  permission: 'referrals',
  scope: 'tenant-or-platform',
  writer: 'console',
  body: z.object({
    code: field.code(/^[A-Z0-9]{6,32}$/),
    ownerName: field.text({ min: 1 }),
    ownerEmail: field.email(),
    programmeId: field.reference('programme'),
    type: field.choice(['manual', 'generated', 'vanity']).default('manual'),
    maxUses: field.integer({ min: 0 }).default(0),
    expiresAt: field.instant().default(''),
    utm: field.jsonObject().default({}),
    landingPage: field.url().default(''),
    isActive: field.flag().default(true),
    currency: field.code(/^[A-Z]{3}$/).default('USD'),
    clicks: field.integer({ min: 0 }).default(0),
    conversions: field.integer({ min: 0 }).default(0),
    earningsTotal: field.money('currency').default(0),
    earningsPending: field.money('currency').default(0),
    earningsPaid: field.money('currency').default(0),
  }),
  personalFields: ['ownerName', 'ownerEmail'],
  serverFields: ['clicks', 'conversions', 'earningsTotal', 'earningsPending', 'earningsPaid'],
  unique: [{ fields: ['code'], within: 'platform' }],
  list: {
    columns: [
      { path: 'body.code', width: 150 },
      { path: 'body.ownerName', width: 180 },
      { path: 'body.programmeId', width: 180 },
      { path: 'body.isActive', width: 80 },
      { path: 'body.clicks', width: 80 },
      { path: 'body.conversions', width: 100 },
      { path: 'body.earningsTotal', width: 130 },
      { path: 'body.expiresAt', width: 130 },
    ],
    defaultSort: '-body.clicks',
    search: ['code', 'ownerName', 'ownerEmail'],
  },
  form: [
    { name: 'identity', fields: ['code', 'ownerName', 'ownerEmail', 'programmeId', 'type', 'isActive'] },
    { name: 'limits', fields: ['maxUses', 'expiresAt', 'landingPage', 'utm'] },
    {
      name: 'activity',
      fields: ['clicks', 'conversions', 'currency', 'earningsTotal', 'earningsPending', 'earningsPaid'],
    },
  ],
  title: (record) => record.body.code,
});
export type ReferralCode = RecordOf<typeof referralCode>;
