import { isJsonObject } from '../../../kernel/json.ts';
import type { Json, JsonObject } from '../../../kernel/json.ts';
import { isTombstone } from '../../../records/envelope.ts';
import type { RecordEnvelope, RecordState } from '../../../records/envelope.ts';
import type { EventFacts, Scope } from '../scope.ts';
import { kindOfEvent } from './kindOfEvent.ts';

/** An event with the records that rules see beside it. */
export type EventSubject = Pick<Scope, 'event' | 'record' | 'before' | 'tenant'>;

/** Ids of the records that the scope of an event may show. */
export function idsAbout({ entityId, tenantId }: EventFacts): string[] {
  return [...new Set([entityId, tenantId].filter((id) => id !== ''))];
}

/**
 * What rules see of an event, from records as they are now: the one answer of server and simulator. A tenant's event never
 * shows another tenant's record, and one with the name of an event of one kind no record of another kind, whatever they name:
 * rights are asked for what a rule's trigger says it is for.
 */
export function subjectOf(event: EventFacts, get: (id: string) => RecordState | undefined): EventSubject {
  const fits = (kindOfEvent(event.name) ?? event.entityType) === event.entityType;
  const named = event.entityId === '' || !fits ? null : alive(get(event.entityId), event.entityType);
  const record = named && (event.tenantId === '' || named.tenantId === event.tenantId) ? named : null;
  const tenant = event.tenantId === '' ? null : alive(get(event.tenantId), 'tenant');
  return { event, record, before: record && recordBefore(event, record), tenant };
}

/** The record without the change that the event tells of; null when the event is no change. */
export function recordBefore(event: EventFacts, record: RecordEnvelope): RecordEnvelope | null {
  const changes = event.data['changes'];
  if (event.module !== 'record' || !event.code.endsWith('.updated') || !Array.isArray(changes)) return null;
  let before = record;
  for (const change of changes) {
    if (!isJsonObject(change) || typeof change['path'] !== 'string') continue;
    const [first, ...rest] = change['path'].split('.');
    const old = change['old'] ?? null;
    if (first === 'status' || first === 'assignedTo')
      before = { ...before, [first]: typeof old === 'string' ? old : '' };
    else if (first === 'body' && rest.length > 0) before = { ...before, body: withValue(before.body, rest, old) };
  }
  return before;
}

/** null takes the field out: an event says so of what was not there. */
function withValue(held: JsonObject, [name = '', ...rest]: string[], value: Json): JsonObject {
  const inner = rest.length === 0 ? value : Object.hasOwn(held, name) ? held[name] : undefined;
  const next = rest.length === 0 ? value : isJsonObject(inner) ? withValue(inner, rest, value) : inner;
  const others = Object.entries(held).filter(([key]) => key !== name);
  return Object.fromEntries(next === null || next === undefined ? others : [...others, [name, next]]);
}

function alive(record: RecordState | undefined, kind: string): RecordEnvelope | null {
  return record && !isTombstone(record) && record.kind === kind ? record : null;
}
