import * as z from 'zod';
import { defineResource } from '#shared/records/defineResource.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { field } from '#shared/records/fields.ts';
import type { Grant, Principal } from '#shared/domain/access/principal.ts';

/** A small kind that shows every feature of a descriptor, for tests of the record rules themselves. */
export const ticket = defineResource({
  kind: 'ticket',
  collection: 'runs',
  permission: 'tasks',
  scope: 'tenant-or-platform',
  writer: 'console',
  body: z.object({
    title: field.text({ min: 1, max: 50 }),
    secret: field.text().default(''),
    amount: field.integer({ min: 0 }).default(0),
    count: field.integer().default(0),
    tags: field.tags().default([]),
  }),
  states: {
    initial: 'open',
    states: {
      open: { order: 1, tone: 'info' },
      held: { order: 2, tone: 'warning' },
      paid: { order: 3, tone: 'success' },
      closed: { order: 4, tone: 'neutral', terminal: true },
    },
    transitions: [
      { from: 'open', to: 'held', requires: ['reason'] },
      { from: 'open', to: 'paid', permission: 'payouts.approve' },
      { from: 'held', to: 'open' },
      { from: 'open', to: 'closed' },
      { from: 'paid', to: 'closed', by: 'server' },
    ],
  },
  secretFields: ['secret'],
  serverFields: ['count'],
  merge: { tags: 'set' },
  list: { columns: [{ path: 'body.title' }], defaultSort: '-updatedAt', search: ['title'] },
  title: (record) => record.body.title,
});

export function makeTicket(changes: Partial<RecordEnvelope> = {}): RecordEnvelope {
  return {
    id: 'ticket-1',
    kind: 'ticket',
    tenantId: 'tenant-1',
    status: 'open',
    assignedTo: '',
    createdAt: '2026-01-01T00:00:00.000Z',
    createdBy: 'person-1',
    updatedAt: '2026-01-01T00:00:00.000Z',
    updatedBy: 'person-1',
    version: 1,
    ...changes,
    body: { title: 'Broken gate', secret: '', amount: 5, count: 0, tags: [], ...changes.body },
  };
}

export function makeGrant(permissions: string[], changes: Partial<Grant> = {}): Grant {
  return { role: 'test', permissions, tenants: '*', fieldRules: [], ...changes };
}

export function makePrincipal(grants: Grant[], changes: Partial<Principal> = {}): Principal {
  return { id: 'person-1', name: 'Person One', grants, assignedTenants: [], ...changes };
}
