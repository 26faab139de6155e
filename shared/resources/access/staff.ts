import * as z from 'zod';
import { defineResource } from '../../records/defineResource.ts';
import type { RecordOf } from '../../records/defineResource.ts';
import { field } from '../../records/fields.ts';

const heldRole = z.object({
  /** The role held; `id` so that two administrators' changes merge role by role. */
  id: z.string().min(1).max(64),
  roleId: z.string().min(1).max(64),
  /** '' = does not expire. */
  expiresAt: z.union([z.literal(''), z.iso.datetime()]).default(''),
  reason: z.string().max(2000).default(''),
});
const delivery = z.enum(['app', 'desktop', 'email', 'off']);

/** A person who works with this console. Passwords live elsewhere and never replicate. */
export const staff = defineResource({
  kind: 'staff',
  collection: 'access',
  permission: 'staff',
  scope: 'platform',
  writer: 'console',
  body: z.object({
    email: field.email(),
    displayName: field.text({ min: 1 }),
    roles: field.json(z.array(heldRole).max(50)).default([]),
    /** Ids of tenants whose records count as this person's own. */
    tenants: field.tags().default([]),
    locale: field.choice(['en', 'ar', 'fr']).default('en'),
    notificationPreferences: field.json(z.record(z.string(), delivery)).default({}),
  }),
  states: {
    initial: 'active',
    states: { active: { order: 1, tone: 'success' }, disabled: { order: 2, tone: 'neutral' } },
    transitions: [
      { from: 'active', to: 'disabled', requires: ['reason'] },
      { from: 'disabled', to: 'active' },
    ],
  },
  personalFields: ['email', 'displayName'],
  unique: [{ fields: ['email'], within: 'platform' }],
  merge: { roles: 'by-id', tenants: 'set' },
  list: {
    columns: [
      { path: 'body.displayName', width: 220 },
      { path: 'body.email', width: 260 },
      { path: 'status', width: 110 },
      { path: 'body.locale', width: 90 },
      { path: 'updatedAt', width: 130 },
    ],
    defaultSort: 'body.displayName',
    search: ['displayName', 'email'],
  },
  title: (record) => record.body.displayName,
});
export type Staff = RecordOf<typeof staff>;
