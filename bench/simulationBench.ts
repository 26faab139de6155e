import { compileRule } from '#shared/domain/automation/rules/decideRule.ts';
import type { CompiledRule } from '#shared/domain/automation/rules/decideRule.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { rule } from '#shared/resources/automation/rule.ts';
import { simulateStretch } from '#renderer/data/simulation/simulateStretch.ts';
import type { ThreadReads } from '#renderer/data/simulation/threadReads.ts';
import type { Measure } from './measure.ts';

const events = 100_000;
const pageSize = 1000;
/** Runs whose steps are prepared, over all rules; the simulator prepares as many. */
const mostPrepared = 10_000;
const started = Date.parse('2026-01-01T00:00:00.000Z');
const names = ['user.login', 'payment.failed', 'lms.course.completed', 'invoice.sent', 'tenant.usage.warning'];
const step = { delayMinutes: 0, retry: { max: 0, backoffSeconds: 1 }, onError: 'stop' };

/** How long the simulator's own work takes, without the replica: decide 100,000 events and prepare the first runs. */
export async function* benchSimulation(): AsyncGenerator<Measure> {
  const texts = pagesOfText();
  for (const rules of [1, 50]) {
    const compiled = Array.from({ length: rules }, (_, index) => ruleAbout(index));
    const before = performance.now();
    const tally = await simulateStretch({
      rules: compiled,
      pages: read(texts),
      pattern: '',
      reads: nothing,
      options: { now: started },
      mostPrepared: mostPrepared / rules,
      onPart: () => undefined,
      rest: () => Promise.resolve(false),
      clock: () => performance.now(),
    });
    const seconds = (performance.now() - before) / 1000;
    if (tally?.seen !== events || !tally.sides.every((side) => side.matched > 0))
      throw new Error('the simulation did not decide every event');
    const what = `simulate 100,000 events, ${rules} ${rules === 1 ? 'rule' : 'rules'}`;
    yield { name: what, unit: 's', value: seconds, n: events };
    yield { name: `${what}: decisions a second`, unit: 'events/s', value: (events * rules) / seconds, n: events };
  }
}

function pagesOfText(): string[] {
  return Array.from({ length: events / pageSize }, (_, page) =>
    JSON.stringify(Array.from({ length: pageSize }, (__, row) => eventRecord(page * pageSize + row))),
  );
}

async function* read(texts: readonly string[]): AsyncGenerator<RecordEnvelope[]> {
  for (const text of texts) yield JSON.parse(text) as RecordEnvelope[];
}

function eventRecord(index: number): RecordEnvelope {
  const [module = '', ...code] = (names[index % names.length] ?? '').split('.');
  const occurredAt = new Date(started + index * 1000).toISOString();
  const data = { attempts: index % 5, amountMinor: index * 7, currency: 'EUR', email: `person${index}@mail.example` };
  const body = { module, code: code.join('.'), data, occurredAt, triggeredBy: 'user', source: 'http' };
  return recordOf(`event-${index}`, 'event', `tenant-${index % 100}`, body);
}

function ruleAbout(index: number): CompiledRule {
  const body = rule.body.parse({
    name: `Rule ${index}`,
    isActive: true,
    trigger: { type: 'event', pattern: names[index % names.length] },
    conditions: {
      type: 'group',
      match: 'and',
      conditions: [
        { type: 'comparison', field: 'event.data.attempts', operator: 'greater_or_equal', value: index % names.length },
        { type: 'comparison', field: 'event.data.currency', operator: 'in', value: ['EUR', 'USD'] },
        { type: 'comparison', field: 'event.data.email', operator: 'matches', value: '^person[0-9]+@mail' },
      ],
    },
    steps: [
      {
        ...step,
        id: 'mail',
        name: 'Tell',
        type: 'email',
        to: '{{ event.data.email }}',
        subject: 'S',
        template: '{{ event.name }}',
      },
      {
        ...step,
        id: 'call',
        name: 'Call',
        type: 'webhook',
        method: 'POST',
        url: 'https://hooks.example/x',
        body: '{{ event.data | json }}',
      },
    ],
  });
  return compileRule({ ...recordOf(`rule-${index}`, 'rule', '', {}), body });
}

function recordOf(id: string, kind: string, tenantId: string, body: JsonObject): RecordEnvelope {
  const at = new Date(started).toISOString();
  const made = { createdAt: at, createdBy: 'system', updatedAt: at, updatedBy: 'system', version: 1 };
  return { id, kind, tenantId, status: '', assignedTo: '', ...made, body };
}

const nothing: ThreadReads = {
  // Pages are given.
  pages: () => read([]),
  find: () => Promise.resolve(new Map()),
};
