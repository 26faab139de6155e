import * as z from 'zod';
import { defineResource } from '../../records/defineResource.ts';
import type { RecordOf } from '../../records/defineResource.ts';
import { field } from '../../records/fields.ts';

/** `erase_keep_financial` keeps what books must show, without the person. */
export const privacyRequestTypes = ['export', 'anonymise', 'erase', 'erase_keep_financial'] as const;

const touched = z.object({ kind: z.string(), count: z.int().min(0), done: z.int().min(0) });

/** What a natural person asked for about their data, and what was done. */
export const privacyRequest = defineResource({
  kind: 'privacyRequest',
  collection: 'access',
  permission: 'gdpr',
  scope: 'tenant-or-platform',
  writer: 'console',
  body: z.object({
    type: field.choice(privacyRequestTypes),
    /** The address by which the person is found; emptied when they are erased. */
    subjectEmail: field.text({ max: 320 }),
    subjectName: field.text().default(''),
    /** Records that are the person (member, staff …), `kind:id`; the console proposes them. */
    subjectRecords: field.tags().default([]),
    /** Who passed the request on, and how it came. */
    channel: field.text({ max: 400 }).default(''),
    note: field.multiline({ max: 4000 }).default(''),
    receivedAt: field.instant(),
    /** Thirty days after it was received unless told otherwise. */
    dueAt: field.instant(),
    startedAt: field.instant().default(''),
    completedAt: field.instant().default(''),
    completedBy: field.text({ max: 80 }).default(''),
    /** Per kind what was found and what was changed; kinds of the private store are named `private:<area>`. */
    touched: field.json(z.array(touched)).default([]),
    /** SHA-256 of the proof of completion (canonical JSON), hexadecimal; the same is in the audit entry. */
    proof: field.text({ max: 64 }).default(''),
    /** Why it could not be done, or was refused. */
    problem: field.multiline({ max: 2000 }).default(''),
  }),
  states: {
    initial: 'received',
    states: {
      received: { order: 1, tone: 'info' },
      approved: { order: 2, tone: 'info' },
      running: { order: 3, tone: 'info' },
      failed: { order: 4, tone: 'danger' },
      done: { order: 5, tone: 'success', terminal: true },
      refused: { order: 6, tone: 'neutral', terminal: true },
    },
    transitions: [
      // Approving is what sets it going: the server begins as soon as it sees it.
      { from: 'received', to: 'approved', permission: 'gdpr.erase', requires: ['reason'] },
      { from: 'received', to: 'refused', requires: ['reason'] },
      { from: 'approved', to: 'running', by: 'server' },
      { from: 'running', to: 'done', by: 'server' },
      { from: 'running', to: 'failed', by: 'server' },
      { from: 'failed', to: 'approved', permission: 'gdpr.erase', requires: ['reason'] },
      { from: 'failed', to: 'refused', requires: ['reason'] },
    ],
  },
  serverFields: ['startedAt', 'completedAt', 'completedBy', 'touched', 'proof', 'problem'],
  personalFields: ['subjectEmail', 'subjectName', 'channel', 'note'],
  list: {
    columns: [
      { path: 'body.subjectEmail', width: 240 },
      { path: 'body.type', width: 170 },
      { path: 'status', width: 110 },
      { path: 'body.receivedAt', width: 140 },
      { path: 'body.dueAt', width: 140 },
      { path: 'body.completedAt', width: 140 },
      { path: 'tenantId', width: 160, shown: false },
    ],
    defaultSort: 'body.dueAt',
    search: ['subjectEmail', 'subjectName', 'note'],
  },
  title: (record) => record.body.subjectEmail || record.id,
});
export type PrivacyRequest = RecordOf<typeof privacyRequest>;
