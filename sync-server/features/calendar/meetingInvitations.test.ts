import ICAL from 'ical.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMailer } from '#server/features/mail/mailer.ts';
import type { Mailer } from '#server/features/mail/mailer.ts';
import { startSmtpReceiver } from '#tests/support/smtpReceiver.ts';
import type { SmtpReceiver } from '#tests/support/smtpReceiver.ts';
import type { Effects } from '../../engine/effects.ts';
import { createMeetingInvitations } from './meetingInvitations.ts';

const now = Date.parse('2026-02-20T10:11:12.000Z');
const context = (idempotencyKey = 'run-1:kickoff') => ({
  idempotencyKey,
  runId: 'run-1',
  ruleId: 'rule-1',
  tenantId: 'tenant-1',
  stepId: 'kickoff',
  attempt: 1,
  signal: new AbortController().signal,
});
const kickoff: Parameters<Effects['meeting']>[0] = {
  type: 'meeting',
  title: 'اجتماع البداية: réunion d’équipe, été; 1\\2',
  attendees: ['Mara "M" Lind <mara@school.example>', 'ben@school.example'],
  startsAt: '2026-03-29T00:30:00.000Z',
  durationMinutes: 90,
  location: 'Salle 4, 2e étage',
  description: `Ordre du jour :\n- ${'é'.repeat(80)}\n- ${'ن'.repeat(80)}\nhttps://school.example/a?b=1,2;3`,
};

describe('a meeting that a rule calls', () => {
  let receiver: SmtpReceiver;
  let mailer: Mailer;
  let meeting: Effects['meeting'];
  beforeEach(async () => {
    receiver = await startSmtpReceiver();
    mailer = createMailer({ url: receiver.url, from: 'Steward <steward@console.example>' });
    meeting = createMeetingInvitations({ post: mailer, clock: () => now });
  });
  afterEach(async () => {
    mailer.close();
    await receiver.close();
  });
  const calendarFiles = () =>
    receiver.mails.map(({ mail }) =>
      mail.attachments.map((one) => ({
        name: one.filename,
        type: one.mimeType,
        method: one.method,
        text: new TextDecoder().decode(one.content as ArrayBuffer),
      })),
    );

  it('comes as a mail with the invitation twice: for calendars that read it in the mail and as a file', async () => {
    expect(await meeting(kickoff, context())).toMatchObject({
      ok: true,
      output: { accepted: ['mara@school.example', 'ben@school.example'] },
    });
    const [received] = receiver.mails;
    expect(received?.mail.subject).toBe(kickoff.title);
    expect(received?.mail.text).toContain('2026-03-29 00:30 UTC, 90 min');
    expect(received?.raw).toMatch(/content-type: text\/calendar; charset=utf-8; method=REQUEST/i);
    const [inline, attached] = calendarFiles()[0] ?? [];
    expect(inline).toMatchObject({ type: 'text/calendar', method: 'REQUEST' });
    expect(attached).toMatchObject({ name: 'invite.ics', type: 'application/ics' });
    expect(inline?.text.trim()).toBe(attached?.text.trim());
  });

  it('is read by a calendar program as it was meant', async () => {
    await meeting(kickoff, context());
    const calendar = new ICAL.Component(ICAL.parse(calendarFiles()[0]?.[1]?.text ?? '') as unknown[]);
    expect(calendar.getFirstPropertyValue('method')).toBe('REQUEST');
    expect(calendar.getFirstPropertyValue('version')).toBe('2.0');
    const component = calendar.getFirstSubcomponent('vevent');
    if (!component) throw new Error('no event in the invitation');
    const event = new ICAL.Event(component);
    expect(event.summary).toBe(kickoff.title);
    expect(event.location).toBe(kickoff.location);
    expect(event.description).toBe(kickoff.description);
    expect(event.sequence).toBe(0);
    expect(event.startDate.zone.tzid).toBe('UTC');
    expect(event.startDate.toJSDate().toISOString()).toBe('2026-03-29T00:30:00.000Z');
    expect(event.endDate.toJSDate().toISOString()).toBe('2026-03-29T02:00:00.000Z');
    expect(component.getFirstPropertyValue('dtstamp')?.toString()).toBe('2026-02-20T10:11:12Z');
    const organizer = component.getFirstProperty('organizer');
    expect(organizer?.getFirstValue()?.toString().toLowerCase()).toBe('mailto:steward@console.example');
    const attendees = component.getAllProperties('attendee');
    expect(attendees.map((one) => one.getFirstValue()?.toString().toLowerCase())).toEqual([
      'mailto:mara@school.example',
      'mailto:ben@school.example',
    ]);
    expect(attendees.map((one) => one.getParameter('cn'))).toEqual(['Mara M Lind', 'ben@school.example']);
    expect(attendees.every((one) => one.getParameter('rsvp') === 'TRUE')).toBe(true);
    expect(attendees.every((one) => one.getParameter('partstat') === 'NEEDS-ACTION')).toBe(true);
  });

  it('keeps the form of RFC 5545: lines of at most 75 octets ended by CRLF, whole characters, each property once', async () => {
    await meeting(kickoff, context());
    // The mail parser changes line ends: the file is taken from the wire.
    const encoded = /Content-Type: application\/ics[\s\S]*?\r?\n\r?\n([A-Za-z0-9+/=\r\n]+)/.exec(
      receiver.mails[0]?.raw ?? '',
    );
    const text = Buffer.from(encoded?.[1] ?? '', 'base64').toString('utf8');
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    const lines = text.split('\r\n');
    for (const line of lines) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(text).not.toContain('\uFFFD');
    const unfolded = text.replaceAll('\r\n ', '').split('\r\n');
    for (const name of ['PRODID', 'VERSION', 'METHOD', 'UID', 'DTSTAMP', 'DTSTART', 'DTEND', 'SUMMARY', 'SEQUENCE'])
      expect(unfolded.filter((line) => line.startsWith(`${name}:`))).toHaveLength(1);
    expect(unfolded.filter((line) => line.startsWith('ORGANIZER'))).toHaveLength(1);
  });

  it('is the same meeting in every attempt of its step, and another one in another run', async () => {
    for (const key of ['run-1:a', 'run-1:a', 'run-2:a']) await meeting(kickoff, context(key));
    const [first, again, other] = calendarFiles().map((files) => /^UID:(.*)$/m.exec(files[1]?.text ?? '')?.[1]);
    expect(first).toMatch(/@steward/);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  it('is refused with the reason when it has no attendee, a wrong one or no time', async () => {
    const attempts = [
      await meeting({ ...kickoff, attendees: [''] }, context()),
      await meeting({ ...kickoff, attendees: ['a@b.example\r\nATTENDEE:mailto:x@y.example'] }, context()),
      await meeting({ ...kickoff, startsAt: 'soon' }, context()),
    ];
    expect(attempts).toMatchObject([
      { ok: false, retriable: false, error: expect.stringContaining('no attendee') },
      { ok: false, retriable: false, error: expect.stringContaining('not one mail address') },
      { ok: false, retriable: false, error: expect.stringContaining('"soon" is no time') },
    ]);
    expect(receiver.mails).toHaveLength(0);
    const nowhere = createMeetingInvitations({ post: createMailer({ url: '', from: '' }), clock: () => now });
    expect(await nowhere(kickoff, context())).toMatchObject({
      ok: false,
      error: expect.stringContaining('--smtp-url'),
    });
  });
});
