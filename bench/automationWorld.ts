import type { Json, JsonObject } from '#shared/kernel/json.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import type { NewEvent } from '#server/engine/acceptEvents.ts';
import { requireResource } from '#shared/resources/registry.ts';
import { createSeededRandom } from '#server/features/demo/seededRandom.ts';
import type { SeededRandom } from '#server/features/demo/seededRandom.ts';

export const tenantIds = Array.from({ length: 20 }, (_, index) => `tenant-${index}`);
const modules = Array.from({ length: 8 }, (_, index) => `measured${index}`);
const codes = Array.from({ length: 10 }, (_, index) => `happened${index}`);
const countries = ['Canada', 'France', 'Germany', 'Kenya', 'Morocco', 'Oman', 'Peru', 'Spain'];
const plans = ['free', 'starter', 'professional', 'enterprise'];
const largestAmount = 1_000_000;

/** Share of events for which some rule runs, with the rules of `manyRules`. */
export const matchingShare = 0.01;
/** How many of 2,000 such rules listen to any one event: 15 by its name, 75 by its module, 16 by its code, 40 to all. */
const listening = 146;

/** Tenants and the 80 event types `measuredM.happenedN`, each with a schema. */
export function measuredWorld(): RecordEnvelope[] {
  const tenants = tenantIds.map((id, index) =>
    record('tenant', id, 'ACTIVE', {
      name: `Tenant ${index}`,
      slug: `tenant-${index}`,
      plan: 'starter',
      ownerEmail: `owner${index}@steward.example`,
    }),
  );
  const types = modules.flatMap((module) =>
    codes.map((code) => record('eventType', '', '', { module, code, dataSchema, isActive: true })),
  );
  return [...tenants.map((tenant) => ({ ...tenant, id: tenant.tenantId })), ...types];
}

const dataSchema: JsonObject = {
  type: 'object',
  properties: {
    amount: { type: 'integer', minimum: 0 },
    score: { type: 'integer', minimum: 0, maximum: 100 },
    country: { type: 'string', maxLength: 60 },
    plan: { type: 'string', enum: plans },
    email: { type: 'string', format: 'email' },
  },
  required: ['amount', 'score', 'country'],
};

export const oneType = { module: 'measured0', code: 'happened0' };

/** Events as a tenant's system would send them, the same for the same seed; default of all 80 types. */
export function measuredEvents(count: number, seed = 1, only?: { module: string; code: string }): NewEvent[] {
  const random = createSeededRandom(seed);
  return Array.from({ length: count }, () => ({
    module: only?.module ?? random.pick(modules),
    code: only?.code ?? random.pick(codes),
    tenantId: random.pick(tenantIds),
    entityType: '',
    entityId: '',
    data: {
      amount: random.integer(0, largestAmount - 1),
      score: random.integer(0, 100),
      country: random.pick(countries),
      plan: random.pick(plans),
      email: `customer${random.integer(0, 9999)}@steward.example`,
    },
    triggeredBy: 'bench',
    source: 'http',
    occurredAt: new Date().toISOString(),
  }));
}

/**
 * Active rules of the platform: 60 % for one event type, 30 % for a module, 8 % for a code, 2 % for everything; 1 to 5
 * comparisons, of which one, somewhere among them, holds so rarely that about `matchingShare` of the events start a run.
 */
export function manyRules(count: number, seed = 2): RecordEnvelope[] {
  const random = createSeededRandom(seed);
  return Array.from({ length: count }, (_, index) => {
    const share = index / count;
    const pattern =
      share < 0.6
        ? `${modules[index % modules.length]}.${codes[Math.floor(index / modules.length) % codes.length]}`
        : share < 0.9
          ? `${modules[index % modules.length]}.*`
          : share < 0.98
            ? `*.${codes[index % codes.length]}`
            : '**';
    return eventRule(`rule ${index}`, pattern, conditionsOf(random), [
      measuredStep('task', { type: 'action', action: 'create_task', settings: { title: 'Look at it' } }),
    ]);
  });
}

function conditionsOf(random: SeededRandom): JsonObject[] {
  const low = random.integer(0, largestAmount - 1);
  const width = Math.round((largestAmount * matchingShare) / listening) - 1;
  const rare = comparison('event.data.amount', 'between', [low, low + width]);
  const common = Array.from({ length: random.integer(0, 4) }, () =>
    random.pick([
      comparison('event.data.score', 'less_or_equal', random.integer(80, 99)),
      comparison('event.data.country', 'not_equals', random.pick(countries)),
      comparison('event.data.plan', 'in', plans.slice(0, 3)),
      comparison('event.data.email', 'ends_with', '.example'),
      comparison('tenant.plan', 'equals', 'starter'),
    ]),
  );
  const place = random.integer(0, common.length);
  return [...common.slice(0, place), rare, ...common.slice(place)];
}

/** An active rule of the platform with everything that is not named at its default. */
export function eventRule(name: string, pattern: string, conditions: Json[], steps: JsonObject[]): RecordEnvelope {
  return record('rule', '', '', {
    name,
    isActive: true,
    revision: 1,
    trigger: { type: 'event', pattern },
    conditions: { type: 'group', match: 'and', conditions },
    steps,
  });
}

export function measuredStep(id: string, more: JsonObject): JsonObject {
  return { id, name: id, delayMinutes: 0, retry: { max: 0, backoffSeconds: 1 }, onError: 'stop', ...more };
}

export function comparison(field: string, operator: string, value: Json): JsonObject {
  return { type: 'comparison', field, operator, value };
}

function record(kind: string, tenantId: string, status: string, body: JsonObject): RecordEnvelope {
  const at = new Date().toISOString();
  return {
    id: crypto.randomUUID(),
    kind,
    tenantId,
    status,
    assignedTo: '',
    createdAt: at,
    createdBy: 'bench',
    updatedAt: at,
    updatedBy: 'bench',
    version: 1,
    body: requireResource(kind).body.parse(body) as JsonObject,
  };
}
