import { expect, it } from 'vitest';
import { notificationSubjects, wantsNotification } from './preferences.ts';

it('tells whoever chose nothing, or chose to be told in whichever way', () => {
  for (const subject of notificationSubjects) {
    expect(wantsNotification(undefined, subject)).toBe(true);
    expect(wantsNotification({ notificationPreferences: {} }, subject)).toBe(true);
    expect(wantsNotification({ notificationPreferences: { [subject]: 'app' } }, subject)).toBe(true);
    expect(wantsNotification({ notificationPreferences: { [subject]: 'desktop' } }, subject)).toBe(true);
  }
});

it('does not tell of what is off, and of nothing else less', () => {
  const person = { notificationPreferences: { approvals: 'off' } };
  expect(notificationSubjects.filter((subject) => !wantsNotification(person, subject))).toEqual(['approvals']);
});
