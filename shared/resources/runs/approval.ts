import * as z from 'zod';
import { defineResource } from '../../records/defineResource.ts';
import type { RecordOf } from '../../records/defineResource.ts';
import { field } from '../../records/fields.ts';

/** A question that pauses a run until somebody with the permission decides. */
export const approval = defineResource({
  kind: 'approval',
  collection: 'runs',
  permission: 'approvals',
  scope: 'tenant-or-platform',
  writer: 'console',
  body: z.object({
    question: field.text({ min: 1, max: 2000 }),
    runId: field.reference('run').default(''),
    stepId: field.text({ max: 64 }).default(''),
    permission: field.text({ max: 80 }).default('approvals.approve'),
    subjectKind: field.text({ max: 40 }).default(''),
    subjectId: field.text({ max: 64 }).default(''),
    /** What is decided on, in words and values: the question and the steps that follow, rendered. */
    subject: field.jsonObject().default({}),
    /** SHA-256 of the canonical JSON of `subject`; the decision counts only while it still matches. */
    subjectHash: field.text({ max: 64 }).default(''),
    dueAt: field.instant().default(''),
    comment: field.multiline({ max: 2000 }).default(''),
  }),
  serverFields: ['subject', 'subjectHash', 'runId', 'stepId', 'permission', 'subjectKind', 'subjectId'],
  personalFields: ['subject', 'question', 'comment'],
  states: {
    initial: 'pending',
    states: {
      pending: { order: 1, tone: 'warning' },
      approved: { order: 2, tone: 'success', terminal: true },
      rejected: { order: 3, tone: 'danger', terminal: true },
      expired: { order: 4, tone: 'neutral', terminal: true },
    },
    transitions: [
      { from: 'pending', to: 'approved', permission: 'approvals.approve' },
      { from: 'pending', to: 'rejected', permission: 'approvals.approve', requires: ['reason'] },
      { from: 'pending', to: 'expired', by: 'server' },
    ],
  },
  list: {
    columns: [
      { path: 'body.question', width: 320 },
      { path: 'status', width: 120 },
      { path: 'assignedTo', width: 160 },
      { path: 'tenantId', width: 160 },
      { path: 'body.dueAt', width: 140 },
      { path: 'createdAt', width: 130 },
    ],
    defaultSort: '-createdAt',
    search: ['question', 'comment'],
    lookups: ['body.runId'],
  },
  title: (record) => record.body.question,
});
export type Approval = RecordOf<typeof approval>;
