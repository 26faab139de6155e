import * as z from 'zod';
import { defineResource } from '../../records/defineResource.ts';
import type { RecordOf } from '../../records/defineResource.ts';
import { field } from '../../records/fields.ts';

/** A message for one person (`assignedTo`); unread until read on any of their devices. */
export const notification = defineResource({
  kind: 'notification',
  collection: 'notifications',
  permission: 'notifications',
  scope: 'tenant-or-platform',
  writer: 'console',
  body: z.object({
    level: field.choice(['info', 'success', 'warning', 'error', 'urgent']).default('info'),
    subject: field.text({ min: 1, max: 400 }),
    message: field.multiline({ max: 4000 }).default(''),
    relatedKind: field.text({ max: 40 }).default(''),
    relatedId: field.text({ max: 64 }).default(''),
  }),
  personalFields: ['subject', 'message'],
  serverFields: ['level', 'subject', 'message', 'relatedKind', 'relatedId'],
  states: {
    initial: 'unread',
    states: {
      unread: { order: 1, tone: 'info' },
      read: { order: 2, tone: 'neutral' },
      archived: { order: 3, tone: 'neutral' },
    },
    transitions: [
      { from: 'unread', to: 'read' },
      { from: 'read', to: 'unread' },
      { from: 'read', to: 'archived' },
      { from: 'unread', to: 'archived' },
      { from: 'archived', to: 'read' },
    ],
  },
  list: {
    columns: [
      { path: 'body.subject', width: 320 },
      { path: 'status', width: 110 },
      { path: 'body.level', width: 100 },
      { path: 'body.message', width: 280 },
      { path: 'createdAt', width: 140 },
    ],
    defaultSort: '-createdAt',
    search: ['subject', 'message'],
  },
  title: (record) => record.body.subject,
});
export type Notification = RecordOf<typeof notification>;
