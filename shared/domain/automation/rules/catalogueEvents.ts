import type { Json, JsonObject } from '../../../kernel/json.ts';
import type { RecordEnvelope } from '../../../records/envelope.ts';
import type { RecordWrite } from './recordEvents.ts';

interface CatalogueEvent {
  name: string;
  data: JsonObject;
}

type EventsOf = (write: RecordWrite) => (CatalogueEvent | undefined)[];

/** What a write of a kind means in the words of the event catalogue; every other kind has none. */
const eventsByKind: Readonly<Record<string, EventsOf>> = {
  tenant: (write) => [
    created(write, 'tenant.created', ({ body }) => pick(body, { name: 'name', plan: 'plan' })),
    entered(write, 'ACTIVE', 'tenant.activated', () => ({ from: write.before?.status ?? '' })),
    entered(write, 'SUSPENDED', 'tenant.suspended', () => ({ reason: write.reason })),
    entered(write, 'READ_ONLY', 'tenant.read_only', () => ({ reason: write.reason })),
    entered(write, 'ARCHIVED', 'tenant.archived', () => ({ reason: write.reason })),
  ],
  member: (write) => {
    const person = ({ id, body }: RecordEnvelope) => ({ userId: id, ...pick(body, { email: 'email', name: 'name' }) });
    const changed = write.differences.some(({ path }) => path !== 'body.lastSeenAt');
    return [
      created(write, 'user.created', (one) => ({ ...person(one), ...pick(one.body, { role: 'role' }) })),
      write.after?.body['joinedAt'] === '' ? created(write, 'user.invited', person) : undefined,
      write.verb === 'updated' && changed && write.after
        ? { name: 'user.updated', data: person(write.after) }
        : undefined,
      write.verb === 'deleted' && write.before
        ? { name: 'user.deleted', data: { userId: write.before.id } }
        : undefined,
    ];
  },
  anomaly: (write) => [
    created(write, 'health.anomaly.detected', ({ id, body }) => ({
      anomalyId: id,
      ...pick(body, { title: 'title', type: 'type', severity: 'severity', component: 'component', score: 'score' }),
    })),
  ],
  flag: (write) => {
    const matters = ['body.enabled', 'body.rolloutPercent', 'body.value', 'body.conditions'];
    const changed = write.differences.some(({ path }) => matters.some((one) => `${path}.`.startsWith(`${one}.`)));
    return write.after && changed
      ? [
          {
            name: 'health.flag.changed',
            data: pick(write.after.body, { key: 'key', enabled: 'enabled', rolloutPercent: 'rolloutPercent' }),
          },
        ]
      : [];
  },
  referral: (write) => {
    const facts = ({ id, body }: RecordEnvelope) => ({
      referralId: id,
      ...pick(body, { code: 'code', currency: 'currency', amountMinor: 'orderAmount', fraudScore: 'fraudScore' }),
      ...pick(body, { commissionMinor: 'commission', email: 'referredEmail' }),
    });
    return [
      entered(write, 'registered', 'referral.referral.registered', facts),
      entered(write, 'converted', 'referral.referral.converted', facts),
      entered(write, 'confirmed', 'referral.referral.confirmed', facts),
    ];
  },
  payout: (write) => {
    const facts = ({ id, body }: RecordEnvelope) => ({
      payoutId: id,
      ...pick(body, { amountMinor: 'net', currency: 'currency', recipientEmail: 'recipientEmail' }),
    });
    return [
      created(write, 'referral.payout.requested', facts),
      entered(write, 'paid', 'referral.payout.paid', facts),
      entered(write, 'failed', 'referral.payout.failed', (one) => ({
        ...facts(one),
        ...pick(one.body, { reason: 'failureReason' }),
      })),
    ];
  },
  referralCode: (write) => [
    created(write, 'referral.code.created', ({ id, body }) => ({
      codeId: id,
      ...pick(body, { code: 'code', ownerEmail: 'ownerEmail' }),
    })),
  ],
  task: (write) => {
    const facts = ({ id, body }: RecordEnvelope) => ({ id, ...pick(body, { title: 'title', priority: 'priority' }) });
    return [created(write, 'crm.task.created', facts), entered(write, 'done', 'crm.task.completed', facts)];
  },
};

/** The events of the catalogue that a write is, in their order of meaning. */
export function catalogueEventsOf(kind: string, write: RecordWrite): CatalogueEvent[] {
  const eventsOf = Object.hasOwn(eventsByKind, kind) ? eventsByKind[kind] : undefined;
  return (eventsOf?.(write) ?? []).filter((event) => event !== undefined);
}

/** Names of all events that writes can be, by kind; for whoever looks for loops. */
export const catalogueEventNames: Readonly<Record<string, readonly string[]>> = {
  tenant: ['tenant.created', 'tenant.activated', 'tenant.suspended', 'tenant.read_only', 'tenant.archived'],
  member: ['user.created', 'user.invited', 'user.updated', 'user.deleted'],
  anomaly: ['health.anomaly.detected'],
  flag: ['health.flag.changed'],
  referral: ['referral.referral.registered', 'referral.referral.converted', 'referral.referral.confirmed'],
  payout: ['referral.payout.requested', 'referral.payout.paid', 'referral.payout.failed'],
  referralCode: ['referral.code.created'],
  task: ['crm.task.created', 'crm.task.completed'],
};

function created(
  { verb, after }: RecordWrite,
  name: string,
  data: (record: RecordEnvelope) => JsonObject,
): CatalogueEvent | undefined {
  return verb === 'created' && after ? { name, data: data(after) } : undefined;
}

/** A record came into a state, also as a new one. */
function entered(
  { before, after }: RecordWrite,
  status: string,
  name: string,
  data: (record: RecordEnvelope) => JsonObject,
): CatalogueEvent | undefined {
  return after && after.status === status && before?.status !== status ? { name, data: data(after) } : undefined;
}

/** Fields under the names that the catalogue gives them; what is missing or empty is left out. */
function pick(body: JsonObject, names: Record<string, string>): JsonObject {
  const found: Record<string, Json> = {};
  for (const [name, field] of Object.entries(names)) {
    const value = body[field];
    if (value !== undefined && value !== '' && value !== null) found[name] = value;
  }
  return found;
}
