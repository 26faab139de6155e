import { afterAll, describe, expect, it } from 'vitest';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { openSqliteStore } from '#server/storage/sqlite/openSqliteStore.ts';
import { StoreFailure } from '#server/storage/store.ts';
import type { SyncStore } from '#server/storage/store.ts';
import { acme, closeEvaluator, mail, rule, startEngineServer, step, worldOf } from '#tests/support/engineServer.ts';
import type { SeenEffect } from '#tests/support/engineServer.ts';

/** A store that takes so many further commits and then fails for ever, as a process that was killed: before or after the last. */
function dyingStore(
  store: SyncStore,
  commits: number,
  dies: 'before' | 'after',
): SyncStore & { isDead: () => boolean } {
  let left = commits;
  let dead = false;
  const die = () => {
    dead = true;
    return new StoreFailure('the process is gone', undefined);
  };
  return {
    ...store,
    isDead: () => dead,
    transaction: async (work) => {
      if (dead || (left === 0 && dies === 'before')) throw die();
      const value = await store.transaction(work);
      if (left === 0) throw die();
      left -= 1;
      return value;
    },
  };
}

const steps = [
  mail('mail'),
  step('branch', {
    type: 'condition',
    conditions: {
      type: 'group',
      match: 'and',
      conditions: [{ type: 'comparison', field: 'event.data.amount', operator: 'greater_than', value: 1 }],
    },
    then: [step('tag', { type: 'action', action: 'add_tag', settings: { tag: 'buyer' } })],
    otherwise: [],
  }),
  step('note', {
    type: 'action',
    action: 'update_field',
    settings: { field: 'notes', value: '{{ record.notes }}+' },
  }),
  step('task', { type: 'action', action: 'create_task', settings: { title: 'Call' } }),
  step('each', {
    type: 'loop',
    over: '[1, 2]',
    cap: 10,
    steps: [step('hook', { type: 'webhook', method: 'POST', url: 'http://shop.example/{{ loop.item }}', body: '{}' })],
  }),
  step('emit', { type: 'action', action: 'emit_event', settings: { event: 'shop.order.shipped', data: {} } }),
  step('pause', { type: 'wait', until: { for: 'duration', minutes: 1 } }),
  step('last', { type: 'notification', to: 'role:operations', subject: 'Done', message: '' }),
];

describe('a server that dies at any of its commits', () => {
  afterAll(closeEvaluator);

  /** Lives through one event with a death after so many commits, and answers what came of it; undefined when it did not die. */
  async function live(commits: number, dies: 'before' | 'after') {
    const time = { now: Date.parse('2026-03-02T08:00:00.000Z') };
    const store = openSqliteStore(':memory:', () => time.now);
    const seen: SeenEffect[] = [];
    const settled = async (server: Awaited<ReturnType<typeof startEngineServer>>) => {
      await server.settle();
      time.now += 120_000;
      await server.settle();
      seen.push(...server.seen);
    };
    try {
      const first = await startEngineServer({ store, time });
      for (const record of worldOf(time.now)) await first.save(record);
      await first.save(rule('serve', steps, { concurrency: 'queued', executionLimit: 3 }));
      await first.save(rule('follow', [mail('echo')], { trigger: { type: 'event', pattern: 'shop.order.shipped' } }));
      await first.settle();
      await first.stop();
      const dying = dyingStore(store, commits, dies);
      const second = await startEngineServer({ store: dying, time }).catch(() => undefined);
      const about = { entityType: 'tenant', entityId: acme };
      const event = { ...about, data: { amount: 7 }, idempotencyKey: 'one' };
      if (second) {
        await second.send(event, { ...event, idempotencyKey: 'two' }).catch(() => []);
        await Promise.race([settled(second).catch(() => undefined), until(dying.isDead)]);
        await second.stop().catch(() => undefined);
        if (!seen.length) seen.push(...second.seen);
      }
      const died = dying.isDead();
      const third = await startEngineServer({ store, time });
      // A sender that got no answer sends again under the same key.
      await third.send(event, { ...event, idempotencyKey: 'two' });
      for (let round = 0; round < 3; round += 1) await settled(third);
      const [runs, events, tasks] = [await third.all('run'), await third.all('event'), await third.all('task')];
      const told = (await third.all('notification')).filter(({ body }) => body['subject'] === 'Done');
      const tenant = await third.record(acme);
      const jobs = await store.countJobs();
      await third.stop();
      return { died, runs, events, tasks, told, tenant, seen, jobs, faults: third.faults };
    } finally {
      await store.close();
    }
  }

  it.each(['before', 'after'] as const)(
    'goes on, and does nothing in the store twice, when it dies %s a commit (E1, E9, E10)',
    async (dies) => {
      let points = 0;
      for (let commits = 0; commits < 400; commits += 1) {
        const outcome = await live(commits, dies);
        expect({ commits, ...whatCame(outcome) }).toEqual({ commits, ...everythingOnce });
        if (!outcome.died) break;
        points += 1;
      }
      expect(points).toBeGreaterThan(15);
    },
    240_000,
  );
});

interface Outcome {
  runs: RecordEnvelope[];
  events: RecordEnvelope[];
  tasks: RecordEnvelope[];
  told: RecordEnvelope[];
  tenant: RecordEnvelope | undefined;
  seen: SeenEffect[];
  jobs: { waiting: number; dead: number };
}

function whatCame({ runs, events, tasks, told, tenant, seen, jobs }: Outcome) {
  return {
    runs: runs.map(({ status, body }) => `${String(body['ruleName'])} ${status}`).sort(),
    events: events.filter(({ status }) => status !== 'processed').length,
    shipped: events.filter(({ body }) => body['code'] === 'order.shipped').length,
    tasks: tasks.length,
    told: told.length,
    notes: tenant?.body['notes'],
    tags: tenant?.body['tags'],
    // What came again came under its own key.
    keys: new Set(seen.map(({ key }) => key)).size,
    jobs,
  };
}

/** Two events, each with a run of either rule: four mails, four calls, and two of everything in the store. */
const everythingOnce = {
  runs: ['follow success', 'follow success', 'serve success', 'serve success'],
  events: 0,
  shipped: 2,
  tasks: 2,
  told: 4,
  notes: '++',
  tags: ['buyer'],
  keys: 8,
  jobs: { waiting: 0, dead: 0 },
};

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise<void>((wake) => setTimeout(wake, 5));
}
