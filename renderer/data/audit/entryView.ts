import * as z from 'zod';
import type { Json } from '#shared/kernel/json.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { auditEntry } from '#shared/resources/audit/auditEntry.ts';
import type { AuditEntry } from '#shared/resources/audit/auditEntry.ts';

/** One side of a change. `withheld` = there was a value; it was erased or is not for this reader (SPEC.md of the chain, C5). */
export type ChangeSide = { state: 'value'; value: Json } | { state: 'none' } | { state: 'withheld' };

export interface EntryChange {
  /** As the log names it: `status`, `body.plan`. */
  path: string;
  before: ChangeSide;
  after: ChangeSide;
}

/** An entry as it is shown. What has another shape than an entry should is shown as nothing: verification tells of it. */
export interface EntryView {
  id: string;
  tenantId: string;
  body: Partial<AuditEntry['body']>;
  changes: readonly EntryChange[];
  /** Fields of the body whose value was erased or is withheld. */
  withheld: ReadonlySet<string>;
}

const visibleEntry = auditEntry.body.partial();
const looseChange = z.object({ path: z.string(), old: z.json().optional(), new: z.json().optional() });

export function viewEntry(record: RecordEnvelope): EntryView {
  const parsed = visibleEntry.safeParse(record.body);
  const body = parsed.success ? parsed.data : readable(record.body);
  const withheld = new Set((body.commitments ?? []).flatMap((one) => (one.salt === undefined ? [one.path] : [])));
  const side = (value: Json | undefined, path: string): ChangeSide => {
    if (withheld.has(path)) return { state: 'withheld' };
    return value === undefined ? { state: 'none' } : { state: 'value', value };
  };
  const changes = (body.changes ?? []).map((change, index) => ({
    path: change.path,
    before: side(change.old, `changes.${index}.old`),
    after: side(change.new, `changes.${index}.new`),
  }));
  return { id: record.id, tenantId: record.tenantId, body, changes, withheld };
}

/** Milliseconds between an edit and its arrival from which on it was made without a connection. */
const offlineFrom = 60_000;

/** When an edit was made that reached the server later than a connected one does; '' for all others. ISO 8601. */
export function madeOffline({ at = '', madeOfflineAt = '' }: EntryView['body']): string {
  return Date.parse(at) - Date.parse(madeOfflineAt) >= offlineFrom ? madeOfflineAt : '';
}

/** The fields that can be read by themselves. */
function readable(body: RecordEnvelope['body']): EntryView['body'] {
  const found: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(auditEntry.body.shape)) {
    const field = (name === 'changes' ? z.array(looseChange) : schema).safeParse(body[name]);
    if (body[name] !== undefined && field.success) found[name] = field.data;
  }
  return found;
}
