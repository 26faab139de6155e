import * as z from 'zod';
import { defineResource } from '../../records/defineResource.ts';
import type { RecordOf } from '../../records/defineResource.ts';
import { field } from '../../records/fields.ts';

const alive = ['pending', 'clicked', 'registered', 'converted', 'confirmed'] as const;
const fraudCheck = z.object({ check: z.string(), passed: z.boolean(), score: z.number(), detail: z.string() });

/** One person brought by another, from the first click to the commission. */
export const referral = defineResource({
  kind: 'referral',
  collection: 'referrals',
  permission: 'referrals',
  scope: 'tenant-or-platform',
  writer: 'console',
  body: z.object({
    referrerName: field.text(),
    referredName: field.text().default(''),
    referredEmail: field.text({ max: 320 }).default(''),
    codeId: field.reference('referralCode'),
    code: field.text({ max: 32 }),
    programmeId: field.reference('programme').default(''),
    currency: field.code(/^[A-Z]{3}$/).default('USD'),
    orderAmount: field.money('currency').default(0),
    commission: field.money('currency').default(0),
    tierBought: field.text({ max: 40 }).default(''),
    subscriptionReference: field.text().default(''),
    entitlementReference: field.text().default(''),
    attribution: field.jsonObject().default({}),
    fraudScore: field.integer({ min: 0, max: 100 }).default(0),
    fraudChecks: field.json(z.array(fraudCheck)).default([]),
    fraudVerdict: field.choice(['none', 'suspected', 'cleared', 'confirmed']).default('none'),
    timeline: field.json(z.array(z.object({ status: z.string(), at: z.string() }))).default([]),
    notes: field.multiline().default(''),
  }),
  personalFields: ['referrerName', 'referredName', 'referredEmail', 'attribution', 'fraudChecks'],
  serverFields: [
    'orderAmount',
    'commission',
    'tierBought',
    'subscriptionReference',
    'entitlementReference',
    'attribution',
    'fraudScore',
    'fraudChecks',
    'timeline',
  ],
  states: {
    initial: 'pending',
    states: {
      pending: { order: 1, tone: 'neutral' },
      clicked: { order: 2, tone: 'neutral' },
      registered: { order: 3, tone: 'info' },
      converted: { order: 4, tone: 'info' },
      confirmed: { order: 5, tone: 'success' },
      paid: { order: 6, tone: 'success', terminal: true },
      expired: { order: 7, tone: 'neutral', terminal: true },
      cancelled: { order: 8, tone: 'danger', terminal: true },
    },
    transitions: [
      { from: 'pending', to: 'clicked', by: 'server' },
      { from: 'clicked', to: 'registered', by: 'server' },
      { from: 'registered', to: 'converted', by: 'server' },
      { from: 'converted', to: 'confirmed', permission: 'referrals.approve' },
      { from: 'confirmed', to: 'paid', by: 'server' },
      ...alive.map((from) => ({ from, to: 'expired', by: 'server' as const })),
      ...alive.map((from) => ({ from, to: 'cancelled', requires: ['reason' as const] })),
    ],
  },
  list: {
    columns: [
      { path: 'body.referredName', width: 180 },
      { path: 'status', width: 120 },
      { path: 'body.referrerName', width: 180 },
      { path: 'body.code', width: 130 },
      { path: 'body.orderAmount', width: 120 },
      { path: 'body.commission', width: 120 },
      { path: 'body.fraudScore', width: 100 },
      { path: 'body.fraudVerdict', width: 110, shown: false },
      { path: 'tenantId', width: 150, shown: false },
      { path: 'createdAt', width: 130 },
    ],
    defaultSort: '-createdAt',
    search: ['referrerName', 'referredName', 'referredEmail', 'code'],
  },
  form: [
    { name: 'people', fields: ['referrerName', 'referredName', 'referredEmail', 'code', 'codeId', 'programmeId'] },
    {
      name: 'money',
      fields: ['currency', 'orderAmount', 'commission', 'tierBought', 'subscriptionReference', 'entitlementReference'],
    },
    { name: 'fraud', fields: ['fraudVerdict', 'fraudScore', 'fraudChecks', 'attribution'] },
    { name: 'notes', fields: ['notes', 'timeline'] },
  ],
  title: (record) => record.body.referredName || record.body.code,
});
export type Referral = RecordOf<typeof referral>;
