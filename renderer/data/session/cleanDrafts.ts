import * as z from 'zod';
import { withoutMentions } from '#shared/domain/privacy/mentions.ts';
import { pseudonymFor } from '#shared/domain/privacy/planErasure.ts';
import { subjectOf } from '#shared/domain/privacy/subject.ts';
import type { SubjectSpec } from '#shared/domain/privacy/subject.ts';
import type { Json } from '#shared/kernel/json.ts';

/** What an erasure made of something that was typed and never saved. */
const cleanedSchema = z.object({
  /** Its key in the window's storage, which names kind and id of the record. */
  key: z.string(),
  /** `replaced`: only what was the person's; `removed`: all of it, since it was of a record that is the person. */
  outcome: z.enum(['replaced', 'removed']),
});
export type CleanedDraft = z.infer<typeof cleanedSchema>;

/** A text as it is kept without the person; undefined = it has to go; the same text = they are not in it. */
export function withoutPerson(key: string, text: string, erased: SubjectSpec): string | undefined {
  const subject = subjectOf(erased);
  if ([...subject.ids].some((id) => id !== '' && key.endsWith(`.${id}`))) return undefined;
  const pseudonym = pseudonymFor('erase', '');
  const kept = parsed(text);
  if (kept === undefined) return subject.matcher.replace(text, pseudonym);
  const cleaned = JSON.stringify(withoutMentions(kept, subject, pseudonym));
  return cleaned === JSON.stringify(kept) ? text : cleaned;
}

/** What was noted of drafts that were cleaned; unreadable notes tell nothing. */
export function readCleaned(text: string | null): CleanedDraft[] {
  const read = z.array(cleanedSchema).safeParse(parsed(text ?? '[]'));
  return read.success ? read.data : [];
}

/** Kind and id of the record a draft is of. */
export function ownerOfDraft(key: string): { kind: string; id: string } {
  const [, name = '', id = ''] = /^steward\.draft\.([^.]+)\.(.+)$/u.exec(key) ?? [];
  return { kind: kinds[name] ?? name, id };
}

const kinds: Readonly<Record<string, string>> = { ruleEditor: 'rule', roleEditor: 'role', profile: 'staff' };

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
