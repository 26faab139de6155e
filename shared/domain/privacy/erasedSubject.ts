import type { JsonObject } from '../../kernel/json.ts';
import { isTombstone } from '../../records/envelope.ts';
import type { RecordEnvelope, RecordState } from '../../records/envelope.ts';
import { erasedSince } from './erasureMarks.ts';
import { personFieldsOf, personKinds } from './peopleInKinds.ts';
import type { SubjectSpec } from './subject.ts';

/**
 * Whom an erasure was about, by what a copy of one of their records said before it arrived; undefined = the record does not tell. For
 * what the server does not know of: drafts on a console.
 */
export function erasedSubject(before: RecordState | undefined, after: RecordState): SubjectSpec | undefined {
  if (!before || isTombstone(before) || !erasedSince(before, after)) return undefined;
  const now = isTombstone(after) ? undefined : after.body;
  const spec: { emails: string[]; names: string[]; records: string[] } = { emails: [], names: [], records: [] };
  for (const { name, email, standing } of personFieldsOf(before.kind)) {
    // Who else is named in a record that went is not erased.
    if (isTombstone(after) && standing === 'mention') continue;
    if (wasTaken(before.body, now, email)) spec.emails.push(String(before.body[email]));
    if (wasTaken(before.body, now, name)) spec.names.push(String(before.body[name]));
  }
  if (spec.emails.length + spec.names.length === 0) return undefined;
  if (personKinds.includes(before.kind)) spec.records.push(`${before.kind}:${before.id}`);
  return spec;
}

const pseudonym = /@(?:anonymised|erased)\.invalid$|^\[erased\]$|^Person [0-9a-f]{8}$/u;

/** The first field about a person into which a write put what only an erasure writes there: consoles would take it for one. */
export function personTakenBy(before: RecordEnvelope, after: RecordEnvelope): string | undefined {
  return personFieldsOf(before.kind)
    .flatMap(({ name, email }) => [name, email])
    .find((field) => wasTaken(before.body, after.body, field));
}

/** `after` is undefined for a record that is gone. An emptied field of one that lives is an edit, whatever else was taken out. */
function wasTaken(before: JsonObject, after: JsonObject | undefined, field: string): boolean {
  const held = before[field];
  if (typeof held !== 'string' || held === '' || pseudonym.test(held)) return false;
  const now = after?.[field];
  return !after || (typeof now === 'string' && pseudonym.test(now));
}
