import type { JsonObject } from '../../../kernel/json.ts';
import type { Resource } from '../../../records/defineResource.ts';
import { isTombstone } from '../../../records/envelope.ts';
import type { RecordEnvelope, RecordState } from '../../../records/envelope.ts';
import { recordDifferences } from '../../../records/recordDifferences.ts';
import type { FieldDifference } from '../../../records/recordDifferences.ts';
import { catalogueEventsOf } from './catalogueEvents.ts';
import type { NewEvent } from './newEvent.ts';
import { recordEventName } from './recordEventName.ts';
import type { RecordVerb } from './recordEventName.ts';

/** An accepted write as the events of it are found. */
export interface RecordWrite {
  before: RecordEnvelope | undefined;
  after: RecordEnvelope | undefined;
  verb: RecordVerb;
  /** Of content, without secrets. */
  differences: readonly FieldDifference[];
  /** Given by the person, where a transition asks for it; otherwise ''. */
  reason: string;
}

const mostChanges = 100;
/** Kinds that automation itself writes; events of it would breed events. */
export const silentKinds: ReadonlySet<string> = new Set(['event', 'run', 'auditEntry']);

/**
 * The events that an accepted write is: first `record.<kind>.<verb>` with what changed (never secrets, at most 100
 * changes; null for nothing), then those of the catalogue. `record.*` events need storing only when a rule listens. Empty
 * when nothing of content changed.
 */
export function eventsOfWrite(
  resource: Resource,
  before: RecordState | undefined,
  after: RecordState,
  given: {
    reason?: string;
    /** What `recordDifferences` says of the two states, where it is known already. */
    differences?: readonly FieldDifference[];
    /** Whether an event of this name is wanted; what is not wanted is not made. Default: all. */
    wants?: (eventName: string) => boolean;
  } = {},
): NewEvent[] {
  if (silentKinds.has(resource.kind)) return [];
  const [left, right] = [alive(before), alive(after)];
  const verb = left ? (right ? 'updated' : 'deleted') : right ? 'created' : undefined;
  if (!verb) return [];
  const all = given.differences ?? recordDifferences(left, right);
  const differences = all.filter(({ path }) => !isSecret(resource, path));
  if (verb === 'updated' && differences.length === 0) return [];
  const write: RecordWrite = { before: left, after: right, verb, differences, reason: given.reason ?? '' };
  const made = (name: string, source: string, data: JsonObject): NewEvent => {
    const dot = name.indexOf('.');
    const named = { module: name.slice(0, dot), code: name.slice(dot + 1) };
    return { ...named, tenantId: after.tenantId, entityType: resource.kind, entityId: after.id, source, data };
  };
  const { wants = () => true } = given;
  const name = recordEventName(resource.kind, verb);
  return [
    ...(wants(name) ? [made(name, 'record', changesOf(differences))] : []),
    ...catalogueEventsOf(resource.kind, write).flatMap((event) =>
      wants(event.name) ? [made(event.name, 'lifecycle', event.data)] : [],
    ),
  ];
}

function changesOf(differences: readonly FieldDifference[]): JsonObject {
  const changes = differences
    .slice(0, mostChanges)
    .map((one): JsonObject => ({ path: one.path, old: one.before ?? null, new: one.after ?? null }));
  const leftOut = differences.length - changes.length;
  return { changes, ...(leftOut > 0 ? { leftOut } : {}) };
}

function alive(record: RecordState | undefined): RecordEnvelope | undefined {
  return record && !isTombstone(record) ? record : undefined;
}

function isSecret(resource: Resource, path: string): boolean {
  return resource.secretFields.some((name) => path === `body.${name}` || path.startsWith(`body.${name}.`));
}
