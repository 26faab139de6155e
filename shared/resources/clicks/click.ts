import * as z from 'zod';
import { defineResource } from '../../records/defineResource.ts';
import type { RecordOf } from '../../records/defineResource.ts';
import { field } from '../../records/fields.ts';

/** A visit through a referral link. The network is a keyed hash of the address, never the address. */
export const click = defineResource({
  kind: 'click',
  collection: 'clicks',
  permission: 'referrals',
  scope: 'tenant-or-platform',
  writer: 'server',
  body: z.object({
    codeId: field.reference('referralCode'),
    code: field.text({ max: 32 }),
    visitor: field.text({ max: 64 }),
    session: field.text({ max: 64 }).default(''),
    at: field.instant(),
    network: field.text({ max: 64 }).default(''),
    userAgent: field.text().default(''),
    referrer: field.text({ max: 400 }).default(''),
    utm: field.jsonObject().default({}),
    country: field.text({ max: 2 }).default(''),
    region: field.text({ max: 60 }).default(''),
    device: field.choice(['desktop', 'mobile', 'tablet', 'unknown']).default('unknown'),
    isBot: field.flag().default(false),
    fraudScore: field.integer({ min: 0, max: 100 }).default(0),
    converted: field.flag().default(false),
  }),
  personalFields: ['visitor', 'session', 'network', 'userAgent'],
  list: {
    columns: [
      { path: 'body.code', width: 140 },
      { path: 'body.at', width: 140 },
      { path: 'body.country', width: 90 },
      { path: 'body.device', width: 100 },
      { path: 'body.referrer', width: 220 },
      { path: 'body.fraudScore', width: 100 },
      { path: 'body.isBot', width: 70 },
      { path: 'body.converted', width: 90 },
      { path: 'body.network', width: 140, shown: false },
    ],
    defaultSort: '-body.at',
    search: ['code', 'referrer', 'visitor', 'network'],
  },
  title: (record) => record.body.code,
});
export type Click = RecordOf<typeof click>;
