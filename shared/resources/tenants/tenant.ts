import * as z from 'zod';
import { defineResource } from '../../records/defineResource.ts';
import type { RecordOf } from '../../records/defineResource.ts';
import { field } from '../../records/fields.ts';

export const tenantPlans = ['free', 'starter', 'professional', 'enterprise'] as const;

const branding = z.object({
  logoUrl: field.url().default(''),
  primaryColor: field.color().default(''),
  accentColor: field.color().default(''),
  customDomain: field.text({ max: 253 }).default(''),
});

/** A customer organisation. Its tenantId is its own id, so that tenant scope covers it. */
export const tenant = defineResource({
  kind: 'tenant',
  collection: 'tenants',
  permission: 'tenants',
  scope: 'tenant',
  writer: 'console',
  body: z.object({
    name: field.text({ min: 1 }),
    slug: field.code(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/),
    plan: field.choice(tenantPlans).default('free'),
    ownerEmail: field.email(),
    region: field.text({ max: 60 }).default(''),
    branding: field.json(branding).default({ logoUrl: '', primaryColor: '', accentColor: '', customDomain: '' }),
    settings: field.jsonObject().default({}),
    trialEndsAt: field.instant().default(''),
    tags: field.tags().default([]),
    notes: field.multiline().default(''),
  }),
  states: {
    initial: 'CREATED',
    states: {
      CREATED: { order: 1, tone: 'neutral' },
      PROVISIONING: { order: 2, tone: 'info' },
      ACTIVE: { order: 3, tone: 'success' },
      SUSPENDED: { order: 4, tone: 'danger' },
      READ_ONLY: { order: 5, tone: 'warning' },
      DEPROVISIONING: { order: 6, tone: 'warning' },
      ARCHIVED: { order: 7, tone: 'neutral', terminal: true },
    },
    transitions: [
      { from: 'CREATED', to: 'PROVISIONING' },
      { from: 'PROVISIONING', to: 'ACTIVE' },
      { from: 'PROVISIONING', to: 'CREATED' },
      { from: 'ACTIVE', to: 'SUSPENDED', requires: ['reason'] },
      { from: 'SUSPENDED', to: 'ACTIVE' },
      { from: 'ACTIVE', to: 'READ_ONLY', requires: ['reason'] },
      { from: 'READ_ONLY', to: 'ACTIVE' },
      { from: 'SUSPENDED', to: 'READ_ONLY', requires: ['reason'] },
      { from: 'ACTIVE', to: 'DEPROVISIONING', requires: ['reason'] },
      { from: 'SUSPENDED', to: 'DEPROVISIONING', requires: ['reason'] },
      { from: 'READ_ONLY', to: 'DEPROVISIONING', requires: ['reason'] },
      { from: 'DEPROVISIONING', to: 'ARCHIVED' },
    ],
  },
  personalFields: ['ownerEmail'],
  unique: [{ fields: ['slug'], within: 'platform' }],
  merge: { tags: 'set' },
  list: {
    columns: [
      { path: 'body.name', width: 240 },
      { path: 'status', width: 140 },
      { path: 'body.plan', width: 120 },
      { path: 'body.region', width: 120 },
      { path: 'body.ownerEmail', width: 220 },
      { path: 'body.slug', width: 160, shown: false },
      { path: 'body.trialEndsAt', width: 140, shown: false },
      { path: 'body.tags', width: 160, shown: false },
      { path: 'assignedTo', width: 150, shown: false },
      { path: 'updatedAt', width: 130 },
    ],
    defaultSort: 'body.name',
    search: ['name', 'slug', 'ownerEmail', 'tags'],
  },
  form: [
    { name: 'identity', fields: ['name', 'slug', 'ownerEmail', 'region'] },
    { name: 'plan', fields: ['plan', 'trialEndsAt'] },
    { name: 'branding', fields: ['branding'] },
    { name: 'notes', fields: ['tags', 'notes', 'settings'] },
  ],
  title: (record) => record.body.name,
});
export type Tenant = RecordOf<typeof tenant>;
