import type { Clock } from '#shared/kernel/sources.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { EffectContext, EffectOutcome, Effects } from '../../engine/effects.ts';
import { invitationOf } from './invitation.ts';
import type { Person } from './invitation.ts';

interface InvitationMail {
  to: string[];
  subject: string;
  format: 'text';
  body: string;
  invitation: { method: 'REQUEST'; content: string };
}

/** What invitations need of whoever sends mail. */
export interface InvitationPost {
  sender: () => Result<Person, string>;
  readAddresses: (texts: readonly string[]) => Result<Person[], string>;
  send: (mail: InvitationMail, context: EffectContext) => Promise<EffectOutcome>;
}

/** The `meeting` step: one mail to all attendees with an invitation that calendar programs understand. */
export function createMeetingInvitations({ post, clock }: { post: InvitationPost; clock: Clock }): Effects['meeting'] {
  return async (meeting, context) => {
    const organizer = post.sender();
    if (!organizer.ok) return refusal(organizer.error);
    const attendees = post.readAddresses(meeting.attendees);
    if (!attendees.ok) return refusal(attendees.error);
    if (attendees.value.length === 0) return refusal('the meeting has no attendee; name one in "attendees"');
    const startsAt = Date.parse(meeting.startsAt);
    if (Number.isNaN(startsAt))
      return refusal(`"${meeting.startsAt}" is no time to start; expected one like 2026-03-01T09:00:00Z`);
    const content = invitationOf({
      idempotencyKey: context.idempotencyKey,
      organizer: organizer.value,
      attendees: attendees.value,
      title: meeting.title,
      location: meeting.location,
      description: meeting.description,
      startsAt,
      durationMinutes: meeting.durationMinutes,
      now: clock(),
    });
    const starts = new Date(startsAt).toISOString();
    const lines = [
      meeting.title,
      `${starts.slice(0, 10)} ${starts.slice(11, 16)} UTC, ${meeting.durationMinutes} min`,
      meeting.location,
      meeting.description === '' ? '' : `\n${meeting.description}`,
    ];
    const mail: InvitationMail = {
      to: [...meeting.attendees],
      subject: meeting.title,
      format: 'text',
      body: lines.filter((line) => line !== '').join('\n'),
      invitation: { method: 'REQUEST', content },
    };
    return post.send(mail, context);
  };
}

function refusal(error: string): EffectOutcome {
  return { ok: false, error, retriable: false };
}
