import { createHash } from 'node:crypto';
import ical, { ICalAttendeeRole, ICalAttendeeStatus, ICalCalendarMethod, ICalEventStatus } from 'ical-generator';

export interface Person {
  name: string;
  address: string;
}

export interface Meeting {
  /** Same key, same meeting: calendars change what they have instead of adding a second one. */
  idempotencyKey: string;
  organizer: Person;
  attendees: readonly Person[];
  title: string;
  location: string;
  description: string;
  /** Milliseconds since the epoch. */
  startsAt: number;
  durationMinutes: number;
  /** When the invitation is made; milliseconds since the epoch. */
  now: number;
}

/** An invitation after RFC 5545 and RFC 5546 (METHOD:REQUEST), times in UTC, lines ended by CRLF. */
export function invitationOf(meeting: Meeting): string {
  const calendar = ical({ method: ICalCalendarMethod.REQUEST, prodId: '//Steward//Steward//EN', scale: 'GREGORIAN' });
  calendar.createEvent({
    id: `${createHash('sha256').update(meeting.idempotencyKey).digest('hex').slice(0, 40)}@steward`,
    // The same key is the same meeting unchanged, however often it is sent.
    sequence: 0,
    stamp: new Date(meeting.now),
    start: new Date(meeting.startsAt),
    end: new Date(meeting.startsAt + meeting.durationMinutes * 60_000),
    summary: meeting.title,
    ...(meeting.location !== '' && { location: meeting.location }),
    ...(meeting.description !== '' && { description: meeting.description }),
    status: ICalEventStatus.CONFIRMED,
    organizer: { name: parameterText(meeting.organizer), email: meeting.organizer.address },
    attendees: meeting.attendees.map((one) => ({
      name: parameterText(one),
      email: one.address,
      rsvp: true,
      role: ICalAttendeeRole.REQ,
      status: ICalAttendeeStatus.NEEDSACTION,
    })),
  });
  const text = calendar.toString();
  return text.endsWith('\r\n') ? text : `${text}\r\n`;
}

/** A parameter value holds neither quotes nor control characters (RFC 5545, 3.1). */
function parameterText({ name, address }: Person): string {
  return name.replaceAll(/["\p{Cc}]+/gu, ' ').trim() || address;
}
