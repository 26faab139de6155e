import * as z from 'zod';
import { defineResource } from '../../records/defineResource.ts';
import type { RecordOf } from '../../records/defineResource.ts';
import { field } from '../../records/fields.ts';

/** Ways in which a session may have begun. */
export const signInMethods = ['password', 'totp', 'recovery_code', 'oidc'] as const;

/** A sign-in of one person on one device; `assignedTo` is that person, who may always see it. */
export const session = defineResource({
  kind: 'session',
  collection: 'access',
  permission: 'sessions',
  scope: 'platform',
  writer: 'server',
  body: z.object({
    staffId: field.reference('staff'),
    /** The installation, as its client names itself. */
    clientId: field.text({ max: 64 }),
    device: field.text().default(''),
    appVersion: field.text({ max: 40 }).default(''),
    method: field.choice(signInMethods).default('password'),
    /** Never an address: what `networkOf` makes of it. */
    network: field.text({ max: 64 }).default(''),
    startedAt: field.instant(),
    /** Moves at most every five minutes. */
    lastSeenAt: field.instant(),
    endedAt: field.instant().default(''),
    /**
     * Why it ended: `signed_out`, `revoked`, `disabled`, `token_reuse`, `password_changed`, `provider_signed_out`, `expired`;
     * '' = it lives.
     */
    endReason: field.text({ max: 40 }).default(''),
  }),
  states: {
    initial: 'active',
    states: { active: { order: 1, tone: 'success' }, ended: { order: 2, tone: 'neutral', terminal: true } },
    transitions: [{ from: 'active', to: 'ended', by: 'server' }],
  },
  personalFields: ['device', 'network'],
  list: {
    columns: [
      { path: 'body.staffId', width: 180 },
      { path: 'body.device', width: 200 },
      { path: 'status', width: 100 },
      { path: 'body.method', width: 120 },
      { path: 'body.network', width: 150 },
      { path: 'body.startedAt', width: 140 },
      { path: 'body.lastSeenAt', width: 140 },
      { path: 'body.endReason', width: 120, shown: false },
    ],
    defaultSort: '-body.lastSeenAt',
    search: ['device', 'clientId'],
    lookups: ['body.staffId'],
  },
  title: (record) => record.body.device || record.body.clientId,
});
export type SessionRecord = RecordOf<typeof session>;
