import { createUuidV7Source } from '#shared/kernel/uuidV7.ts';
import type { Json, JsonObject } from '#shared/kernel/json.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import type { Principal } from '#shared/domain/access/principal.ts';
import { systemRoles } from '#shared/domain/access/systemRoles.ts';
import { requireResource } from '#shared/resources/registry.ts';
import type { ReplicatedCollection } from '#shared/records/collections.ts';
import type { NewEvent, AcceptOutcome } from '#server/engine/acceptEvents.ts';
import { createAutomationEngine, createWriteObserver } from '#server/engine/automationEngine.ts';
import type { AutomationEngine } from '#server/engine/automationEngine.ts';
import type { EffectContext, EffectOutcome, Effects } from '#server/engine/effects.ts';
import { createEngineStatistics } from '#server/engine/engineStatistics.ts';
import { createEvaluator } from '#server/engine/evaluation/evaluator.ts';
import { createJobRunner } from '#server/engine/jobRunner.ts';
import { createRuleBook } from '#server/engine/ruleBook.ts';
import { createPluginActions, createServerJobs } from '#server/engine/serverJobs.ts';
import { createSeededRandom } from '#server/features/demo/seededRandom.ts';
import { putProof } from '#server/storage/commandProofs.ts';
import type { SyncStore } from '#server/storage/store.ts';
import { createJobHandlers } from '#server/sync/jobHandlers.ts';
import { createSyncCore } from '#server/sync/syncCore.ts';
import type { SyncCore } from '#server/sync/syncCore.ts';

/** One attempt of an effect outside, as its receiver saw it. */
export interface SeenEffect {
  type: keyof Effects;
  request: { [name: string]: unknown };
  key: string;
  attempt: number;
}

export interface EngineServerOptions {
  store: SyncStore;
  /** Milliseconds since the epoch, moved by the test. */
  time: { now: number };
  /** What receivers answer; default: they take everything. */
  answer?: (seen: SeenEffect, context: EffectContext) => EffectOutcome | Promise<EffectOutcome>;
  effects?: Partial<Effects>;
  runsPerMinute?: number;
}

export interface EngineServer {
  core: SyncCore;
  engine: AutomationEngine;
  seen: SeenEffect[];
  faults: string[];
  /** Stored at once as a person's write, with everything that follows. */
  save: (record: RecordEnvelope, by?: string) => Promise<void>;
  /** As a console's push, decided by the rights of `principal`. */
  push: (collection: ReplicatedCollection, record: RecordEnvelope, reason?: string, by?: string) => Promise<void>;
  send: (...events: Partial<NewEvent>[]) => Promise<AcceptOutcome[]>;
  /** `proved` (default true): they proved a moment before who they are. */
  command: (type: string, args: Json, by?: string, proved?: boolean) => Promise<string>;
  /** Works off everything that is due now, and what that makes due, until nothing is. */
  settle: () => Promise<void>;
  record: (id: string) => Promise<RecordEnvelope | undefined>;
  all: (kind: string) => Promise<RecordEnvelope[]>;
  stop: () => Promise<void>;
}

export const acme = 'tenant-acme';
export const administrator = 'staff-admin';

let started = 0;

/** The engine with the real store, write path, evaluator and job runner, on a clock the test moves; effects are recorded. */
export async function startEngineServer(options: EngineServerOptions): Promise<EngineServer> {
  const { store, time, answer = () => ({ ok: true, output: { taken: true } }) as const } = options;
  const clock = () => time.now;
  // Never the ids that an earlier server of this process made on the same clock.
  const random = createSeededRandom((started += 1));
  const ids = createUuidV7Source(clock, random.bytes);
  const book = createRuleBook();
  const seen: SeenEffect[] = [];
  const faults: string[] = [];
  const principalOf = (id: string): Principal | undefined => principals.get(id);
  const core = createSyncCore({
    store,
    clock,
    ids,
    currentPrincipal: ({ id }) => principalOf(id),
    observer: createWriteObserver(book, clock),
  });
  const take =
    (type: keyof Effects) =>
    async (request: object, context: EffectContext): Promise<EffectOutcome> => {
      const one = { type, request: { ...request }, key: context.idempotencyKey, attempt: context.attempt };
      seen.push(one);
      return answer(one, context);
    };
  const effects: Effects = {
    email: take('email'),
    meeting: take('meeting'),
    webhook: take('webhook'),
    askModel: take('askModel'),
    runJob: createServerJobs({ store, clock, tombstoneDays: 30 }),
    pluginAction: createPluginActions(new Map()),
    ...options.effects,
  };
  const evaluator = sharedEvaluator();
  const engine = createAutomationEngine({
    store,
    write: core.write,
    clock,
    ids,
    random: () => 0.5,
    principalOf,
    book,
    evaluator,
    effects,
    statistics: createEngineStatistics(clock),
    runsPerMinute: options.runsPerMinute ?? 10_000,
    onFault: (what) => void faults.push(what),
  });
  const busy = new Set<string>();
  const jobs = createJobRunner({
    store,
    clock,
    ids,
    random: () => 0.5,
    alone: true,
    handlers: { ...createJobHandlers(core, clock, principalOf), ...engine.handlers },
    observer: {
      started: (job) => void busy.add(job.id),
      ended: (job) => void busy.delete(job.id),
      failed: (job, problem) => void faults.push(`${job.type}: ${problem}`),
    },
    onFault: (job) => void engine.giveUp(job).catch(() => undefined),
    schedule: (milliseconds, work) => {
      const timer = setTimeout(work, Math.min(20, Math.max(0, milliseconds)));
      return () => clearTimeout(timer);
    },
  });
  core.onCommitted(() => jobs.wake());
  await engine.start();
  jobs.start();

  const record = async (id: string) => alive((await store.getRecords([id])).get(id));
  return {
    core,
    engine,
    seen,
    faults,
    record,
    save: (given, by = administrator) =>
      core.write(1, async (batch) => {
        await batch.load([given.id]);
        const before = batch.get(given.id);
        const after = { ...given, version: (before?.version ?? 0) + 1, updatedBy: by };
        const actor = { id: by, name: by };
        await batch.write({ after, actor, reason: 'test', madeAt: '', requestId: 'test' });
      }),
    push: async (collection, doc, reason, by = administrator) => {
      const principal = principalOf(by)!;
      const stored = (await store.getRecords([doc.id])).get(doc.id);
      const row = { doc, baseVersion: stored?.version ?? 0, ...(reason === undefined ? {} : { reason }) };
      const answered = await core.push(principal, 'client', { collection, pushId: ids(), rows: [row] });
      if (!answered.ok || answered.conflicts.length > 0 || answered.rejections.length > 0)
        throw new Error(`the push was refused: ${JSON.stringify(answered)}`);
    },
    send: (...events) =>
      engine.acceptEvents(
        events.map((event) => ({
          module: 'shop',
          code: 'order.placed',
          tenantId: acme,
          entityType: '',
          entityId: '',
          data: {},
          triggeredBy: 'test',
          source: 'http',
          occurredAt: new Date(time.now).toISOString(),
          ...event,
        })),
      ),
    command: async (type, args, by = administrator, proved = true) => {
      const id = ids();
      await core.write(1, async (batch) => {
        await batch.load([id]);
        const after = newRecord('command', '', { type, args, progress: 0, result: {}, problem: '' }, clock(), {
          id,
          status: 'queued',
          createdBy: by,
        });
        const actor = { id: by, name: by };
        await batch.write({ after, actor, reason: '', madeAt: '', requestId: 'test' });
        if (proved) putProof(batch, id, clock());
      });
      return id;
    },
    settle: async () => {
      for (let quiet = 0; quiet < 3;) {
        await core.drain();
        const { due, held } = await store.jobStats(clock());
        quiet = due === 0 && held === 0 && busy.size === 0 ? quiet + 1 : 0;
        if (quiet === 0) jobs.wake();
        await new Promise<void>((wake) => setTimeout(wake, 2));
      }
    },
    all: async (kind) => (await store.recordsOfKind(kind)).flatMap((one) => alive(one) ?? []),
    stop: async () => {
      await jobs.stop();
      await engine.stop();
      await core.drain();
    },
  };
}

let evaluator: ReturnType<typeof createEvaluator> | undefined;
function sharedEvaluator() {
  return (evaluator ??= createEvaluator({ timeoutMs: 5000 }));
}
/** Ends the processes that all engine servers of a test file share. */
export async function closeEvaluator(): Promise<void> {
  await evaluator?.close();
  evaluator = undefined;
}

function alive(state: unknown): RecordEnvelope | undefined {
  const found = state as Parameters<typeof isTombstone>[0] | undefined;
  return found && !isTombstone(found) ? found : undefined;
}

const everything: Principal['grants'] = [{ role: 'super_admin', permissions: ['*'], tenants: '*', fieldRules: [] }];
const principals = new Map<string, Principal>([
  [administrator, { id: administrator, name: 'Ada', grants: everything, assignedTenants: [] }],
  [
    'staff-approver',
    {
      id: 'staff-approver',
      name: 'Alma',
      grants: [
        {
          role: 'approver',
          permissions: ['approvals.view', 'approvals.view_all', 'approvals.approve', 'commands.*'],
          tenants: '*',
          fieldRules: [],
        },
      ],
      assignedTenants: [],
    },
  ],
  [
    'staff-author',
    {
      id: 'staff-author',
      name: 'Otto',
      grants: [{ role: 'author', permissions: ['automation.*', 'commands.*'], tenants: '*', fieldRules: [] }],
      assignedTenants: [],
    },
  ],
  [
    'staff-repairer',
    {
      id: 'staff-repairer',
      name: 'Rita',
      grants: [{ role: 'repairer', permissions: ['runs.*', 'events.*', 'commands.*'], tenants: '*', fieldRules: [] }],
      assignedTenants: [],
    },
  ],
  [
    'staff-viewer',
    {
      id: 'staff-viewer',
      name: 'Vera',
      grants: [{ role: 'viewer', permissions: ['commands.view'], tenants: '*', fieldRules: [] }],
      assignedTenants: [],
    },
  ],
]);

export function newRecord(
  kind: string,
  tenantId: string,
  body: JsonObject,
  at: number,
  more: Partial<RecordEnvelope> = {},
): RecordEnvelope {
  const moment = new Date(at).toISOString();
  return {
    id: `${kind}-${Math.random().toString(36).slice(2)}`,
    kind,
    tenantId,
    status: '',
    assignedTo: '',
    createdAt: moment,
    createdBy: administrator,
    updatedAt: moment,
    updatedBy: administrator,
    version: 1,
    ...more,
    body,
  };
}

/** A tenant, staff with roles, and the event type `shop.order.placed`. */
export function worldOf(at: number): RecordEnvelope[] {
  const roles = systemRoles.map(({ key, name, permissions }) =>
    newRecord('role', '', { key, name, isSystem: true, permissions: [...permissions] }, at, { id: `role-${key}` }),
  );
  const person = (id: string, role: string) =>
    newRecord(
      'staff',
      '',
      { email: `${id}@steward.example`, displayName: id, roles: [{ id: `role-${role}`, roleId: `role-${role}` }] },
      at,
      { id, status: 'active' },
    );
  const tenant = { name: 'Acme', slug: 'acme', plan: 'starter', ownerEmail: 'owner@acme.example' };
  const type = (module: string, code: string, dataSchema: JsonObject = { type: 'object' }) =>
    newRecord('eventType', '', { module, code, dataSchema, isActive: true }, at, { id: `type-${module}.${code}` });
  return [
    ...roles,
    person(administrator, 'super_admin'),
    person('staff-one', 'operations'),
    person('staff-two', 'operations'),
    newRecord('tenant', acme, tenant, at, { id: acme, status: 'ACTIVE' }),
    type('shop', 'order.placed', {
      type: 'object',
      properties: { amount: { type: 'number', minimum: 0 } },
    }),
    type('shop', 'order.shipped'),
    type('shop', 'ping'),
    { ...type('shop', 'off'), body: { module: 'shop', code: 'off', dataSchema: { type: 'object' }, isActive: false } },
  ].map((record) => ({ ...record, body: requireResource(record.kind).body.parse(record.body) as JsonObject }));
}

/** A step with everything that is not named at its default. */
export function step(id: string, more: JsonObject): JsonObject {
  return { id, name: id, delayMinutes: 0, retry: { max: 0, backoffSeconds: 1 }, onError: 'stop', ...more };
}

export function rule(name: string, steps: JsonObject[], more: JsonObject = {}, at = 0): RecordEnvelope {
  const body = requireResource('rule').body.parse({
    name,
    isActive: true,
    trigger: { type: 'event', pattern: 'shop.order.placed' },
    steps,
    ...more,
  }) as JsonObject;
  return newRecord('rule', '', body, at, { id: `rule-${name}` });
}

export const mail = (id: string, more: JsonObject = {}) =>
  step(id, {
    type: 'email',
    to: 'someone@acme.example',
    subject: 'Hello',
    template: 'Order {{ event.data.amount }}',
    ...more,
  });
