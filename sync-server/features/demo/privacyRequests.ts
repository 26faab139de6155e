import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { privacyRequest } from '#shared/resources/access/privacyRequest.ts';
import { day, iso } from './demoWorld.ts';
import type { DemoWorld } from './demoWorld.ts';

interface Case {
  type: 'export' | 'anonymise' | 'erase' | 'erase_keep_financial';
  /** Days ago; a month later it is due. */
  receivedAgo: number;
  status: 'received' | 'failed' | 'done' | 'refused';
  channel: string;
  note: string;
  problem?: string;
}

const cases: readonly Case[] = [
  {
    type: 'erase_keep_financial',
    receivedAgo: 33,
    status: 'received',
    channel: 'Letter, forwarded by support',
    note: 'Left the programme in spring. Identity checked against the last invoice.',
  },
  {
    type: 'export',
    receivedAgo: 26,
    status: 'received',
    channel: 'E-mail to privacy@',
    note: 'Wants everything that is stored, in a form another service can read.',
  },
  {
    type: 'erase',
    receivedAgo: 9,
    status: 'failed',
    channel: 'Form on the website',
    note: '',
    problem:
      "The legal hold 'Chargeback dispute' keeps a payout of this person as it is. Release the hold, or refuse the request.",
  },
  {
    type: 'anonymise',
    receivedAgo: 4,
    status: 'received',
    channel: 'Telephone',
    note: 'Called back on the known number.',
  },
  { type: 'export', receivedAgo: 61, status: 'done', channel: 'E-mail to privacy@', note: '' },
  { type: 'erase_keep_financial', receivedAgo: 75, status: 'done', channel: 'Form on the website', note: '' },
  {
    type: 'erase',
    receivedAgo: 48,
    status: 'refused',
    channel: 'E-mail to privacy@',
    note: '',
    problem: 'The sender could not show who they are.',
  },
];

/** What members asked for about their data: some due soon, one overdue, some done with their proof. */
export function makePrivacyRequests(
  world: DemoWorld,
  members: readonly RecordEnvelope[],
  by: string,
): RecordEnvelope[] {
  const { random, options } = world;
  if (members.length === 0) return [];
  return cases.map(({ type, receivedAgo, status, channel, note, problem = '' }) => {
    const person = random.pick(members);
    const receivedAt = options.now - receivedAgo * day;
    const done = status === 'done';
    // What is done no longer says whose it was, unless nothing was to go.
    const known = !done || type === 'export';
    const finished = receivedAt + random.integer(3, 20) * day;
    return world.record(
      privacyRequest,
      { at: receivedAt + day / 2, ...(done ? { updatedAt: finished } : {}), tenantId: person.tenantId, by, status },
      {
        type,
        subjectEmail: known ? String(person.body['email']) : '',
        subjectName: known ? String(person.body['name']) : '',
        subjectRecords: known ? [`member:${person.id}`] : [],
        channel: known ? channel : '',
        note: known ? note : '',
        receivedAt: iso(receivedAt),
        dueAt: iso(receivedAt + 30 * day),
        startedAt: done ? iso(finished - 60_000) : status === 'failed' ? iso(receivedAt + 2 * day) : '',
        completedAt: done ? iso(finished) : '',
        completedBy: done ? 'system' : '',
        touched: done
          ? [
              { kind: 'auditEntry', count: random.integer(4, 30), done: type === 'export' ? 0 : random.integer(4, 30) },
              { kind: 'event', count: random.integer(2, 12), done: type === 'export' ? 0 : random.integer(2, 12) },
              { kind: 'member', count: 1, done: type === 'export' ? 0 : 1 },
              { kind: 'private:webhookLog', count: 2, done: type === 'export' ? 0 : 2 },
            ].map(({ kind, count, done: changed }) => ({ kind, count, done: Math.min(count, changed) }))
          : [],
        proof: done ? random.hex(64) : '',
        problem,
      },
    );
  });
}
