import { isJsonObject, jsonEqual } from '../kernel/json.ts';
import type { Json } from '../kernel/json.ts';
import { isTombstone } from './envelope.ts';
import type { RecordEnvelope, RecordState } from './envelope.ts';

/** One field that two states of a record hold differently; an absent value is `undefined`. */
export interface FieldDifference {
  /** Dotted path, as merge conflicts name it: `status`, `body.name`, `body.branding.primaryColor`. */
  path: string;
  before: Json | undefined;
  after: Json | undefined;
}

/**
 * What a person changed between two states of one record: assignee, status and body, objects key by key, arrays whole.
 * A missing or deleted state counts as empty. Versions, times and authors are not content and never appear.
 */
export function recordDifferences(before: RecordState | undefined, after: RecordState | undefined): FieldDifference[] {
  const differences: FieldDifference[] = [];
  collect(contentOf(before), contentOf(after), '', differences);
  return differences;
}

function contentOf(record: RecordState | undefined): Record<string, Json> {
  if (!record || isTombstone(record)) return {};
  const alive: RecordEnvelope = record;
  return {
    ...(alive.status === '' ? {} : { status: alive.status }),
    ...(alive.assignedTo === '' ? {} : { assignedTo: alive.assignedTo }),
    body: alive.body,
  };
}

function collect(before: Json | undefined, after: Json | undefined, path: string, found: FieldDifference[]): void {
  if (jsonEqual(before, after)) return;
  const walk = path === '' || path === 'body' || (isJsonObject(before) && isJsonObject(after));
  if (!walk) {
    found.push({ path, before, after });
    return;
  }
  const [left, right] = [isJsonObject(before) ? before : {}, isJsonObject(after) ? after : {}];
  for (const key of new Set([...Object.keys(right), ...Object.keys(left)])) {
    const inLeft = Object.hasOwn(left, key) ? left[key] : undefined;
    const inRight = Object.hasOwn(right, key) ? right[key] : undefined;
    collect(inLeft, inRight, path === '' ? key : `${path}.${key}`, found);
  }
}
