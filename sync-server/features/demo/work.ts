import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { notification } from '#shared/resources/notifications/notification.ts';
import { approval } from '#shared/resources/runs/approval.ts';
import { command } from '#shared/resources/runs/command.ts';
import { task } from '#shared/resources/runs/task.ts';
import { day, hour, iso } from './demoWorld.ts';
import type { DemoWorld } from './demoWorld.ts';
import type { Colleague } from './people.ts';

const errands = [
  'Call about the overdue invoice',
  'Review the first week',
  'Check the suspicious referrals',
  'Answer the security questionnaire',
  'Confirm the new region',
  'Prepare the quarterly review',
];

/** Tasks, approvals, finished commands and notifications; everybody has some of each. */
export function makeWork(
  world: DemoWorld,
  people: readonly Colleague[],
  tenants: readonly RecordEnvelope[],
  runs: readonly RecordEnvelope[],
  anomalies: readonly RecordEnvelope[],
): RecordEnvelope[] {
  const { random, options } = world;
  const made: RecordEnvelope[] = [];
  const nameOf = (tenant: RecordEnvelope) => String(tenant.body['name']);
  for (const person of people) {
    for (let index = 0; index < 8 && tenants.length > 0; index += 1) {
      const about = random.pick(tenants);
      const at = world.workingMoment(30, 0.2);
      made.push(
        world.record(
          task,
          {
            at,
            updatedAt: at + random.integer(1, 30) * hour,
            tenantId: about.id,
            assignedTo: person.id,
            status: random.weighted({ open: 5, in_progress: 2, done: 4, cancelled: 1 }),
          },
          {
            title: `${random.pick(errands)}: ${nameOf(about)}`,
            dueAt: iso(at + random.integer(2, 20) * day),
            priority: random.weighted({ low: 2, normal: 5, high: 2, urgent: 1 }),
            relatedKind: 'tenant',
            relatedId: about.id,
          },
        ),
      );
    }
    const notices = Array.from({ length: anomalies.length > 0 ? 6 : 0 }, () => random.pick(anomalies));
    for (const about of notices) {
      const at = Math.min(Date.parse(about.createdAt) + hour, options.now);
      const urgent = about.body['severity'] === 'critical';
      made.push(
        world.record(
          notification,
          {
            at,
            assignedTo: person.id,
            status: at > options.now - 4 * day ? 'unread' : random.weighted({ read: 6, archived: 3, unread: 1 }),
          },
          {
            level: urgent ? 'urgent' : 'warning',
            subject: String(about.body['title']),
            message: String(about.body['impact']),
            relatedKind: 'anomaly',
            relatedId: about.id,
          },
        ),
      );
    }
  }
  for (const run of runs.filter((candidate) => candidate.status === 'waiting').slice(0, 40)) {
    const at = Date.parse(run.createdAt);
    made.push(
      world.record(
        approval,
        {
          at,
          tenantId: run.tenantId,
          status: at < options.now - 14 * day ? random.weighted({ approved: 6, rejected: 2, expired: 2 }) : 'pending',
        },
        {
          question: `${String(run.body['ruleName'])}?`,
          runId: run.id,
          subjectKind: 'run',
          subjectId: run.id,
          subjectHash: random.hex(64),
          dueAt: iso(at + 10 * day),
        },
      ),
    );
  }
  for (let index = 0; index < 12; index += 1) {
    const at = world.workingMoment(25, 0.5);
    const status = random.weighted({ done: 8, failed: 1, refused: 1 });
    made.push(
      world.record(
        command,
        { at, updatedAt: at + 40_000, by: random.pick(people).id, status },
        {
          type: random.pick(['events.replay', 'runs.retry', 'rules.run']),
          args: { count: random.integer(1, 80) },
          progress: status === 'done' ? 100 : 0,
          result: status === 'done' ? { executed: random.integer(1, 80) } : {},
          problem: status === 'done' ? '' : 'The rule was changed in the meantime.',
        },
      ),
    );
  }
  return made;
}
