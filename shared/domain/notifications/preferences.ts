import { isJsonObject } from '../../kernel/json.ts';
import type { JsonObject } from '../../kernel/json.ts';

/**
 * What people are told of, each by something that tells it today: steps of rules, approvals that wait for too long, records that
 * somebody hands to them, and requests for personal data that fall due.
 */
export const notificationSubjects = ['rules', 'approvals', 'assignments', 'deadlines'] as const;
export type NotificationSubject = (typeof notificationSubjects)[number];

/** Ways in which something is told today; 'off' = it is not. */
export const deliveries = ['app', 'off'] as const;

/** Whether a person wants to be told of a subject, by the body of their staff record. Who chose nothing is told. */
export function wantsNotification(person: JsonObject | undefined, subject: NotificationSubject): boolean {
  const preferences = person?.['notificationPreferences'];
  return !isJsonObject(preferences) || preferences[subject] !== 'off';
}
