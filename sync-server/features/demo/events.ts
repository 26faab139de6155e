import type { CatalogueEntry, DataField } from '#shared/domain/automation/catalogue/describeEvent.ts';
import { eventCatalogue } from '#shared/domain/automation/catalogue/eventCatalogue.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { triggerSchema } from '#shared/resources/automation/trigger.ts';
import { event } from '#shared/resources/events/event.ts';
import { run } from '#shared/resources/runs/run.ts';
import { day, iso } from './demoWorld.ts';
import type { DemoWorld } from './demoWorld.ts';
import { somePerson } from './names.ts';
import type { PlannedTenant } from './tenants.ts';

/** Why events could not be decided, as the engine says it. */
const failures = [
  {
    failure: 'quota',
    error:
      "The event would start 2 runs; this tenant's share of 600 runs a minute is used up. Retry the event in a minute.",
  },
  {
    failure: 'schema',
    error: "'title' does not fit the type of the event: a text is expected.",
  },
  {
    failure: 'inactive_type',
    error: 'The type of the event is switched off. Switch it on in the catalogue and retry the event.',
  },
] as const;
const runErrors = [
  'No mail server answers at smtp.steward.example: the connection timed out.',
  'The receiver answered 503 Service Unavailable.',
  "The template names the filter 'plus_day', which does not exist.",
];
const titles = [
  'Data protection basics',
  'First aid at work',
  'Négociation commerciale',
  'السلامة في بيئة العمل',
  '情報セキュリティ入門',
  'Autumn campaign',
  'Villa by the lake',
  'Annual plan',
];
const reasons = [
  'card_declined',
  'insufficient_funds',
  'expired_card',
  'wrong_password',
  'account_locked',
  'not_reachable',
];
const words = ['professional', 'members', 'storage', 'automation'];
const frequent = eventCatalogue.filter((entry) =>
  /login|lms|referral\.click|payment|invoice|message|user\.updated/.test(`${entry.module}.${entry.code}`),
);

function sample(world: DemoWorld, held: DataField): string | number | boolean {
  const { random, options } = world;
  switch (held) {
    case 'id':
      return random.hex(12);
    case 'person':
      return somePerson(random).name;
    case 'email':
      return `${somePerson(random).handle}@mail.example`;
    case 'title':
      return random.pick(titles);
    case 'percent':
    case 'number':
      return random.integer(5, 100);
    case 'money':
      return random.integer(9, 2000) * 100;
    case 'count':
      return random.integer(1, 12);
    case 'reason':
      return random.pick(reasons);
    case 'word':
      return random.pick(words);
    case 'currency':
      return random.pick(['EUR', 'USD', 'CHF']);
    case 'code':
      return random.hex(8).toUpperCase();
    case 'severity':
      return random.pick(['low', 'medium', 'high', 'critical']);
    case 'instant':
      return iso(options.now + random.integer(-30, 30) * day);
    case 'flag':
      return random.chance(0.5);
  }
}

function dataFor(world: DemoWorld, entry: CatalogueEntry): JsonObject {
  return Object.fromEntries(
    Object.entries(entry.data)
      .filter(([, { required }]) => required || world.random.chance(0.8))
      .map(([name, { holds }]) => [name, sample(world, holds)]),
  );
}

/** Events of the last 80 days, oldest first; few failed. */
export function makeEvents(world: DemoWorld, tenants: readonly PlannedTenant[]): RecordEnvelope[] {
  const { random, options } = world;
  const moments = world.risingMoments(options.events, 80);
  return moments.map((at) => {
    const entry = random.chance(0.7) ? random.pick(frequent) : random.pick(eventCatalogue);
    const failed = random.chance(0.03) ? random.pick(failures) : undefined;
    const status = failed ? 'failed' : 'processed';
    return world.record(
      event,
      {
        at,
        updatedAt: at + random.integer(1, 4000),
        tenantId: tenants.length > 0 && random.chance(0.97) ? random.pick(tenants).id : '',
        status,
      },
      {
        module: entry.module,
        code: entry.code,
        entityType: entry.code.split('.')[0] ?? '',
        entityId: random.hex(12),
        data: dataFor(world, entry),
        triggeredBy: random.chance(0.6) ? 'user' : 'system',
        source: random.weighted({ http: 7, lifecycle: 1, schedule: 1, rule: 1 }),
        about: [],
        occurredAt: iso(at),
        attempts: failed ? 3 : 1,
        failure: failed?.failure ?? '',
        error: failed?.error ?? '',
      },
    );
  });
}

/** Runs of active rules, each set off by one of the events of its tenant or of the platform. */
export function makeRuns(
  world: DemoWorld,
  rules: readonly RecordEnvelope[],
  events: readonly RecordEnvelope[],
): RecordEnvelope[] {
  const { random } = world;
  if (rules.length === 0 || events.length === 0) return [];
  const byName = Map.groupBy(events, ({ body }) => `${String(body['module'])}.${String(body['code'])}`);
  const fired = rules
    .map((rule) => ({ rule, events: eventsFor(rule, byName) }))
    .filter(({ events: fitting }) => fitting.length > 0);
  if (fired.length === 0) return [];
  return Array.from({ length: Math.ceil(events.length / 10) }, (_, index) => {
    const { rule, events: fitting } = random.pick(fired);
    const cause = random.pick(fitting);
    const at = Date.parse(cause.createdAt) + random.integer(20, 3000);
    const status =
      index % 50 === 3 ? 'waiting' : random.weighted({ success: 86, partial: 4, failed: 7, cancelled: 1, waiting: 1 });
    const steps = Array.isArray(rule.body['steps']) ? rule.body['steps'] : [];
    let passed = 0;
    const trace = steps.flatMap((step, index) => {
      if (typeof step !== 'object' || step === null || Array.isArray(step)) return [];
      const last = index === steps.length - 1;
      const durationMs = random.integer(3, 420);
      const startedAt = iso(at + passed);
      passed += durationMs;
      const outcome: 'success' | 'waiting' | 'failed' =
        last && status !== 'success' && status !== 'cancelled'
          ? status === 'waiting'
            ? 'waiting'
            : 'failed'
          : 'success';
      return [
        {
          stepId: String(step['id']),
          key: String(step['id']),
          type: String(step['type']),
          name: String(step['name']),
          status: outcome,
          attempts: outcome === 'failed' ? 3 : 1,
          startedAt,
          durationMs,
          error: outcome === 'failed' ? random.pick(runErrors) : '',
          about: [],
        },
      ];
    });
    return world.record(
      run,
      { at, updatedAt: at + passed, tenantId: rule.tenantId || cause.tenantId, status },
      {
        ruleId: rule.id,
        ruleName: String(rule.body['name']),
        revision: Number(rule.body['revision']),
        eventId: cause.id,
        startedAt: iso(at),
        endedAt: status === 'waiting' ? '' : iso(at + passed),
        durationMs: passed,
        steps: trace,
        error: status === 'failed' ? random.pick(runErrors) : '',
      },
    );
  }).sort((left, right) => (left.createdAt < right.createdAt ? -1 : 1));
}

/** The events a rule waits for: of its own tenant, or of any where it has none. */
function eventsFor(
  { tenantId, body }: RecordEnvelope,
  byName: ReadonlyMap<string, readonly RecordEnvelope[]>,
): readonly RecordEnvelope[] {
  const trigger = triggerSchema.parse(body['trigger']);
  const named = trigger.type === 'event' ? (byName.get(trigger.pattern) ?? []) : [];
  return tenantId === '' ? named : named.filter((one) => one.tenantId === tenantId);
}
