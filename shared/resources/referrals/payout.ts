import * as z from 'zod';
import { defineResource } from '../../records/defineResource.ts';
import type { RecordOf } from '../../records/defineResource.ts';
import { field } from '../../records/fields.ts';

/** Money owed to a referrer for a period, in minor units; amounts are computed on the server only. */
export const payout = defineResource({
  kind: 'payout',
  collection: 'referrals',
  permission: 'payouts',
  scope: 'tenant-or-platform',
  writer: 'console',
  body: z.object({
    recipientName: field.text({ min: 1 }),
    recipientEmail: field.email(),
    programmeId: field.reference('programme').default(''),
    periodStart: field.instant().default(''),
    periodEnd: field.instant().default(''),
    currency: field.code(/^[A-Z]{3}$/).default('USD'),
    gross: field.money('currency').default(0),
    fee: field.money('currency').default(0),
    net: field.money('currency').default(0),
    method: field.choice(['bank_transfer', 'paypal', 'credit', 'other']).default('bank_transfer'),
    reference: field.text().default(''),
    batch: field.text({ max: 64 }).default(''),
    retries: field.integer({ min: 0, max: 3 }).default(0),
    nextRetryAt: field.instant().default(''),
    failureReason: field.multiline({ max: 2000 }).default(''),
    calculation: field.jsonObject().default({}),
    calculationVersion: field.integer({ min: 0 }).default(1),
    notes: field.multiline().default(''),
  }),
  personalFields: ['recipientName', 'recipientEmail', 'reference'],
  serverFields: [
    'gross',
    'fee',
    'net',
    'batch',
    'retries',
    'nextRetryAt',
    'failureReason',
    'calculation',
    'calculationVersion',
  ],
  states: {
    initial: 'pending',
    states: {
      pending: { order: 1, tone: 'warning' },
      processing: { order: 2, tone: 'info' },
      paid: { order: 3, tone: 'success' },
      failed: { order: 4, tone: 'danger' },
      disputed: { order: 5, tone: 'danger', terminal: true },
      cancelled: { order: 6, tone: 'neutral', terminal: true },
    },
    transitions: [
      { from: 'pending', to: 'processing', permission: 'payouts.approve' },
      { from: 'processing', to: 'paid', by: 'server' },
      { from: 'processing', to: 'failed', by: 'server' },
      { from: 'failed', to: 'processing', permission: 'payouts.approve' },
      { from: 'paid', to: 'disputed', permission: 'payouts.manage', requires: ['reason'] },
      { from: 'pending', to: 'cancelled', permission: 'payouts.manage', requires: ['reason'] },
      { from: 'failed', to: 'cancelled', permission: 'payouts.manage', requires: ['reason'] },
    ],
  },
  list: {
    columns: [
      { path: 'body.recipientName', width: 200 },
      { path: 'status', width: 120 },
      { path: 'body.net', width: 130 },
      { path: 'body.gross', width: 130 },
      { path: 'body.method', width: 130 },
      { path: 'body.retries', width: 80 },
      { path: 'body.failureReason', width: 200, shown: false },
      { path: 'body.periodEnd', width: 130 },
    ],
    defaultSort: '-body.periodEnd',
    search: ['recipientName', 'recipientEmail', 'reference', 'batch'],
  },
  form: [
    { name: 'people', fields: ['recipientName', 'recipientEmail', 'programmeId', 'periodStart', 'periodEnd'] },
    { name: 'money', fields: ['currency', 'gross', 'fee', 'net', 'method', 'reference', 'batch'] },
    { name: 'activity', fields: ['retries', 'nextRetryAt', 'failureReason', 'calculation', 'calculationVersion'] },
    { name: 'notes', fields: ['notes'] },
  ],
  title: (record) => record.body.recipientName,
});
export type Payout = RecordOf<typeof payout>;
