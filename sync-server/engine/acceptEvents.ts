import { checkEventData } from '#shared/domain/automation/events/checkEventData.ts';
import { webhookReceived } from '#shared/domain/automation/rules/triggerEvents.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import type { About } from '#shared/resources/events/about.ts';
import type { Cause } from '#shared/resources/events/cause.ts';
import { event as eventResource } from '#shared/resources/events/event.ts';
import type { EngineStatistics } from './engineStatistics.ts';
import { eventRecord } from './eventRecord.ts';
import { living } from './livingRecord.ts';
import type { EngineBatch, EngineSources } from './ports.ts';
import type { RuleBook } from './ruleBook.ts';
import { isWellFormed } from './wellFormed.ts';

/** An event at the door, before it has an id. */
export interface NewEvent {
  module: string;
  code: string;
  /** '' = the platform's. */
  tenantId: string;
  entityType: string;
  entityId: string;
  data: JsonObject;
  triggeredBy: string;
  /** Set by whoever takes the event in, never by its sender: 'http', 'webhook'. */
  source: string;
  /** ISO 8601. */
  occurredAt: string;
  /** The same key of the same tenant within seven days is the same event. */
  idempotencyKey?: string;
  /** Of an event that a rule makes. */
  depth?: number;
  chain?: readonly Cause[];
  about?: readonly About[];
}

export type AcceptOutcome = { status: 'stored' | 'duplicate'; id: string } | { status: 'refused'; problem: Problem };

/** Outcomes in the order of the events. Resolves once what is 'stored' is durable; rejects when the store fails. */
export type AcceptEvents = (events: readonly NewEvent[]) => Promise<AcceptOutcome[]>;

const area = 'eventKeys';
const rememberedFor = 7 * 24 * 3600 * 1000;
const eventsPerCommit = 500;

type AcceptSources = Pick<EngineSources, 'write' | 'clock' | 'ids'> & {
  book: RuleBook;
  statistics: EngineStatistics;
};

/** The door for events: checked against catalogue, schema and tenant, stored as pending, handed to the engine. */
export function createAcceptEvents(sources: AcceptSources): AcceptEvents {
  return async (events) => {
    const pieces: (readonly NewEvent[])[] = [];
    for (let from = 0; from < events.length; from += eventsPerCommit)
      pieces.push(events.slice(from, from + eventsPerCommit));
    const outcomes = await Promise.all(
      pieces.map((piece) =>
        sources.write(piece.length, async (batch) => {
          await sources.book.catchUp(batch.reader);
          await batch.load([...new Set(piece.map(({ tenantId }) => tenantId))].filter((id) => id !== ''));
          const found: AcceptOutcome[] = [];
          for (const event of piece) found.push(await acceptEvent(batch, sources, event, sources.ids()));
          return found;
        }),
      ),
    );
    const all = outcomes.flat();
    sources.statistics.count('eventsReceived', all.filter(({ status }) => status === 'stored').length);
    return all;
  };
}

/** Accepts one event within a transaction that has loaded its tenant and caught up with the catalogue. */
export async function acceptEvent(
  batch: EngineBatch,
  { book, clock }: Pick<AcceptSources, 'book' | 'clock'>,
  event: NewEvent,
  id: string,
): Promise<AcceptOutcome> {
  const refused = refusalOf(batch, book, event);
  if (refused) return { status: 'refused', problem: refused };
  const { idempotencyKey, depth, chain, about, triggeredBy, occurredAt, ...named } = event;
  const stored = isWebhookCall(event)
    ? { ...named, ...webhookReceived({ id: event.entityId, tenantId: event.tenantId }, event.data) }
    : named;
  const key = idempotencyKey === undefined ? undefined : `${event.tenantId}|${idempotencyKey}`;
  if (key !== undefined) {
    const known = (await batch.getEntries(area, [key])).get(key);
    if (typeof known === 'string') return { status: 'duplicate', id: known };
  }
  const record = eventRecord(stored, {
    id,
    at: clock(),
    occurredAt,
    triggeredBy,
    depth: depth ?? 0,
    chain: chain ?? [],
    ...(about ? { about } : {}),
  });
  const body = eventResource.body.safeParse(record.body);
  if (!body.success) {
    const [issue] = body.error.issues;
    const path = issue?.path.map(String).join('.') ?? '';
    const message = `The field '${path}' of the event is not valid: ${issue?.message ?? 'unknown reason'}.`;
    return { status: 'refused', problem: { code: 'invalid', path, message } };
  }
  if (key !== undefined) batch.putEntry(area, key, id, clock() + rememberedFor);
  batch.raise(record);
  return { status: 'stored', id };
}

function refusalOf(batch: EngineBatch, book: RuleBook, event: NewEvent): Problem | undefined {
  const name = `${event.module}.${event.code}`.slice(0, 200);
  const { tenantId } = event;
  if (tenantId !== '') {
    const tenant = living(batch.get(tenantId), 'tenant');
    if (!tenant)
      return { code: 'not_found', path: 'tenantId', message: `There is no tenant '${tenantId.slice(0, 64)}'.` };
    if (tenant.status === 'ARCHIVED')
      return { code: 'read_only', path: 'tenantId', message: 'This tenant is archived; it takes no events any more.' };
  }
  if (!isWellFormed(event.data))
    return { code: 'invalid', path: 'data', message: 'The data hold half of a surrogate pair: send valid Unicode.' };
  if (isWebhookCall(event)) return undefined;
  const type = book.type(name);
  if (!type) {
    const message = `There is no event type '${name}'. Use one of the catalogue, or add it there.`;
    return { code: 'invalid', path: 'code', message };
  }
  if (!type.isActive)
    return { code: 'invalid', path: 'code', message: `The event type '${name}' is switched off in the catalogue.` };
  const checked = checkEventData(type.dataSchema, event.data);
  if (checked.ok) return undefined;
  const { path, message } = checked.error;
  return { code: 'invalid', path, message: `'${path}' does not fit the event type '${name}': ${message}` };
}

/** Calls of a rule's own address are no events of the catalogue; only the address itself makes them. */
function isWebhookCall({ module, code, source }: NewEvent): boolean {
  return module === 'webhook' && code === 'received' && source === 'webhook';
}
