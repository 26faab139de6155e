import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#shared/kernel/json.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { rule } from '#shared/resources/automation/rule.ts';
import { ruleTest } from '#shared/resources/automation/ruleTest.ts';
import type { Rule } from '#shared/resources/automation/rule.ts';
import { tenant as tenantResource } from '#shared/resources/tenants/tenant.ts';
import { asJsonObject } from '../automation/asJsonObject.ts';
import type { TextReads } from '../read/textReads.ts';
import { toStored } from '../storage/localDocument.ts';
import { createThread } from './simulationThread.ts';
import { createSimulator } from './simulator.ts';
import type { SimulationThread } from './simulator.ts';
import type { FromThread, ToThread } from './threadMessages.ts';

const instant = '2026-03-01T10:00:00.000Z';

function record(id: string, kind: string, tenantId: string, body: JsonObject): RecordEnvelope {
  const made = { createdAt: instant, createdBy: 'system', updatedAt: instant, updatedBy: 'system', version: 1 };
  return { id, kind, tenantId, status: '', assignedTo: '', ...made, body };
}

function event(number: number, code: string, data: JsonObject): RecordEnvelope {
  const occurredAt = new Date(Date.parse(instant) + number * 1000).toISOString();
  return record(`event-${number}`, 'event', 'tenant-1', { module: 'payment', code, data, occurredAt });
}

const common = { delayMinutes: 0, retry: { max: 0, backoffSeconds: 1 }, onError: 'stop' };
const mail = {
  ...common,
  id: 'mail',
  name: 'Tell them',
  type: 'email',
  to: 'ops@steward.example',
  subject: 'Attempt {{ event.data.attempts }}',
  template: 'Dear {{ tenant.name }}',
};
const hook = { ...common, id: 'hook', name: 'Call', type: 'webhook', method: 'POST', url: 'https://hooks.example/x' };
const change = {
  ...common,
  id: 'mark',
  name: 'Mark it',
  type: 'action',
  action: 'update_field',
  settings: { kind: 'tenant', id: '{{ event.tenantId }}', field: 'body.region', value: 'Cairo' },
};

function ruleWith(given: JsonObject, id = 'rule-1'): Rule {
  const body = rule.body.parse({
    name: 'Third failure',
    isActive: true,
    trigger: { type: 'event', pattern: 'payment.failed' },
    conditions: {
      type: 'group',
      match: 'and',
      conditions: [{ type: 'comparison', field: 'event.data.attempts', operator: 'greater_or_equal', value: 3 }],
    },
    steps: [mail, hook, change],
    ...given,
  });
  return { ...record(id, 'rule', '', {}), body };
}

function stored(made: Rule): RecordEnvelope {
  return { ...made, body: asJsonObject(made.body) };
}

/** The thread in this one, over records in memory. Nothing but these two reads is within its reach. */
function simulatorOver(records: readonly RecordEnvelope[]) {
  const asked: string[] = [];
  const written: string[] = [];
  const forbidden = (name: string) => () => {
    written.push(name);
    throw new Error(`a simulation must not call ${name}`);
  };
  const textOf = (found: readonly RecordEnvelope[]) =>
    JSON.stringify(found.map((one) => toStored({ record: one, pending: null })));
  const reads: TextReads = {
    after: async ({ list, after, limit }) => {
      asked.push(`after ${list.kind}`);
      const all = records.filter(({ kind }) => kind === list.kind);
      const from = after ? Number(after[0]) : 0;
      const page = all.slice(from, from + limit);
      return { documents: textOf(page), last: page.length === 0 ? null : [from + page.length] };
    },
    find: async (kind, ids) => {
      asked.push(`find ${kind}`);
      return textOf(records.filter((one) => one.kind === kind && ids.includes(one.id)));
    },
  };
  const guarded = new Proxy(reads, {
    get: (target, name) => (name === 'after' || name === 'find' ? target[name] : forbidden(String(name))),
  });
  const spawn = (): SimulationThread => {
    const listeners: ((message: FromThread) => void)[] = [];
    let over = false;
    const thread = createThread({
      post: (message) => queueMicrotask(() => !over && listeners.forEach((tell) => tell(structuredClone(message)))),
      clock: () => performance.now(),
      breathe: () => new Promise((resume) => setTimeout(resume, 0)),
    });
    return {
      postMessage: (message: ToThread) => setTimeout(() => !over && thread.receive(structuredClone(message)), 0),
      onMessage: (listener) => void listeners.push(listener),
      onEnd: () => undefined,
      terminate: () => {
        over = true;
      },
    };
  };
  const schedule = (milliseconds: number, work: () => void) => {
    const timer = setTimeout(work, milliseconds);
    return () => clearTimeout(timer);
  };
  return { simulator: createSimulator({ texts: () => guarded, spawn, schedule }), asked, written };
}

const list = { kind: 'event', conditions: [], words: [], order: [] };
const now = '2026-03-02T00:00:00.000Z';
const tenant = record('tenant-1', 'tenant', '', {
  ...tenantResource.body.parse({ name: 'Nour Academy', slug: 'nour', ownerEmail: 'nour@academy.example' }),
});

describe('a simulation beside the window', () => {
  it('counts a stretch of history, with the first failing condition and what was found there', async () => {
    const { simulator } = simulatorOver([
      tenant,
      event(1, 'failed', { attempts: 1 }),
      event(2, 'failed', { attempts: 3 }),
      event(3, 'failed', { attempts: 2 }),
      event(4, 'succeeded', {}),
    ]);
    const lines: string[] = [];
    const ask = { task: 'history' as const, sides: [{ rule: ruleWith({}) }], list, pattern: '', assumptions: {}, now };
    const outcome = await simulator.run(ask, (part) => lines.push(...part.lines.map((line) => line.event.id)));
    if (outcome.outcome !== 'done') throw new Error(JSON.stringify(outcome));
    const [side] = outcome.answer.sides;
    expect(outcome.answer.seen).toBe(4);
    expect(lines).toEqual(['event-2']);
    expect(side).toMatchObject({ matched: 1, notMatched: 3, tenants: 1, actions: { email: 1, webhook: 1, action: 1 } });
    expect(side?.reasons.map(({ key, count }) => [key, count])).toEqual([
      ['conditions/conditions.0', 2],
      ['trigger', 1],
    ]);
    expect(
      side?.reasons[0]?.examples.map(({ decision }) => 'decidedBy' in decision && decision.decidedBy?.actual),
    ).toEqual([1, 2]);
  });

  it('performs nothing: it reads, and whatever else it could call fails the test', async () => {
    const stored = [tenant, event(1, 'failed', { attempts: 5 })];
    const before = JSON.stringify(stored);
    const { simulator, asked, written } = simulatorOver(stored);
    const reached: string[] = [];
    const network = globalThis.fetch;
    globalThis.fetch = () => {
      reached.push('fetch');
      throw new Error('a simulation must not use the network');
    };
    try {
      const sides = [{ rule: ruleWith({}) }];
      await simulator.run({ task: 'history', sides, list, pattern: '', assumptions: {}, now });
      const input = { from: 'history' as const, eventId: 'event-1' };
      const outcome = await simulator.run({ task: 'event', sides, input, assumptions: {}, now });
      if (outcome.outcome !== 'done') throw new Error(JSON.stringify(outcome));
      const steps = outcome.answer.sides[0]?.steps ?? [];
      expect(steps.map(({ prepared, status }) => [prepared?.type, status])).toEqual([
        ['email', 'success'],
        ['webhook', 'success'],
        ['changeRecord', 'success'],
      ]);
      expect(steps[0]?.prepared).toMatchObject({ subject: 'Attempt 5', body: 'Dear Nour Academy' });
    } finally {
      globalThis.fetch = network;
    }
    expect(new Set(asked)).toEqual(new Set(['after event', 'find event', 'find tenant']));
    expect([...written, ...reached]).toEqual([]);
    expect(JSON.stringify(stored)).toBe(before);
  });

  it('tells where two versions differ on the same history', async () => {
    const { simulator } = simulatorOver([
      tenant,
      event(1, 'failed', { attempts: 3 }),
      event(2, 'failed', { attempts: 1 }),
      event(3, 'succeeded', {}),
    ]);
    const saved = ruleWith({});
    const everything = ruleWith({ conditions: { type: 'group', match: 'and', conditions: [] } }).body;
    const otherMail = ruleWith({ steps: [{ ...mail, subject: 'Again' }] }).body;
    const compare = async (body: Rule['body']) => {
      const sides = [{ rule: saved }, { rule: saved, revision: { revision: 2, body } }];
      const outcome = await simulator.run({ task: 'history', sides, list, pattern: '', assumptions: {}, now });
      return outcome.outcome === 'done' ? outcome.answer.comparison : undefined;
    };
    expect(await compare(everything)).toMatchObject({ onlyFirst: 0, onlySecond: 1, same: 1, different: 0 });
    expect(await compare(otherMail)).toMatchObject({ onlyFirst: 0, onlySecond: 0, same: 0, different: 1 });
  });

  it('simulates a paused rule as if it were active, and explains it as it is', async () => {
    const { simulator } = simulatorOver([tenant, event(1, 'failed', { attempts: 3 })]);
    const input = { from: 'history' as const, eventId: 'event-1' };
    const ask = {
      task: 'event' as const,
      sides: [{ rule: ruleWith({ isActive: false }) }],
      input,
      assumptions: {},
      now,
    };
    const decisionOf = async (asItIs: boolean) => {
      const outcome = await simulator.run({ ...ask, asItIs });
      return outcome.outcome === 'done' ? outcome.answer.sides[0]?.decision : undefined;
    };
    expect(await decisionOf(false)).toMatchObject({ decision: 'run' });
    expect(await decisionOf(true)).toEqual({ decision: 'not', because: 'inactive' });
  });

  it('answers for every rule at once, those that run first', async () => {
    const { simulator } = simulatorOver([
      tenant,
      event(1, 'failed', { attempts: 3 }),
      stored(ruleWith({ trigger: { type: 'event', pattern: 'user.*' } }, 'deaf')),
      stored(ruleWith({ isActive: false }, 'paused')),
      stored(ruleWith({}, 'runs')),
    ]);
    const outcome = await simulator.run({ task: 'verdicts', input: { from: 'history', eventId: 'event-1' }, now });
    if (outcome.outcome !== 'done') throw new Error(JSON.stringify(outcome));
    expect(outcome.answer.verdicts.map(({ ruleId, listens }) => [ruleId, listens])).toEqual([
      ['runs', true],
      ['paused', true],
      ['deaf', false],
    ]);
  });

  it('runs saved tests and names what is otherwise', async () => {
    const { simulator } = simulatorOver([tenant]);
    const test = (id: string, attempts: number, expected: JsonObject) => ({
      ...record(id, 'ruleTest', '', {}),
      body: ruleTest.body.parse({
        ruleId: 'rule-1',
        name: id,
        event: { module: 'payment', code: 'failed', tenantId: 'tenant-1', data: { attempts } },
        expected,
      }),
    });
    const tests = [
      test('holds', 3, { matches: true, renders: [{ stepId: 'mail', contains: 'Nour Academy' }] }),
      test('not yet', 2, { matches: true }),
      test('other text', 3, { matches: true, renders: [{ stepId: 'mail', contains: 'Attempt 9' }] }),
    ];
    const outcome = await simulator.run({ task: 'tests', side: { rule: ruleWith({}) }, tests, now });
    if (outcome.outcome !== 'done') throw new Error(JSON.stringify(outcome));
    expect(outcome.answer.map(({ testId, passed, differences }) => [testId, passed, differences[0]?.what])).toEqual([
      ['holds', true, undefined],
      ['not yet', false, 'matches'],
      ['other text', false, 'renders'],
    ]);
  });

  it('stops when it is asked to, and keeps what it found', async () => {
    const many = Array.from({ length: 30_000 }, (_, index) => event(index, 'failed', { attempts: 3 }));
    const { simulator } = simulatorOver([tenant, ...many]);
    let seen = 0;
    const sides = [{ rule: ruleWith({}) }];
    const outcome = await simulator.run({ task: 'history', sides, list, pattern: '', assumptions: {}, now }, (part) => {
      seen = part.tally?.seen ?? seen;
      simulator.stop();
    });
    expect(outcome).toEqual({ outcome: 'stopped' });
    expect(seen).toBeLessThan(many.length);
  });

  it('says that an event is not here any more', async () => {
    const { simulator } = simulatorOver([]);
    const input = { from: 'history' as const, eventId: 'gone' };
    const outcome = await simulator.run({
      task: 'event',
      sides: [{ rule: ruleWith({}) }],
      input,
      assumptions: {},
      now,
    });
    expect(outcome).toMatchObject({ outcome: 'failed', problem: { message: expect.stringContaining('not kept') } });
  });
});
