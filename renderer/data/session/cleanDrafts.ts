import * as z from 'zod';
import { withoutMentions } from '#shared/domain/privacy/mentions.ts';
import { pseudonymFor } from '#shared/domain/privacy/planErasure.ts';
import type { Subject } from '#shared/domain/privacy/subject.ts';
import { isJsonObject } from '#shared/kernel/json.ts';
import type { Json, JsonObject } from '#shared/kernel/json.ts';
import { resourceByKind } from '#shared/resources/registry.ts';

/** What an erasure made of something that was typed and never saved. */
const cleanedSchema = z.object({
  /** Its key in the window's storage, which names kind and id of the record. */
  key: z.string(),
  /** `replaced`: only what was the person's; `removed`: all of it, since it was of a record that is the person. */
  outcome: z.enum(['replaced', 'removed']),
});
export type CleanedDraft = z.infer<typeof cleanedSchema>;

/** A text as it is kept without the persons; undefined = it has to go; the same text = they are not in it. */
export function withoutPerson(key: string, text: string, subject: Subject): string | undefined {
  if ([...subject.ids].some((id) => id !== '' && key.endsWith(`.${id}`))) return undefined;
  const kept = parsed(text);
  if (kept === undefined) return subject.matcher.replace(text, pseudonym);
  const personalFields = resourceByKind(ownerOfDraft(key).kind)?.personalFields ?? [];
  const without = (value: Json, path = '') => withoutMentions(value, subject, pseudonym, { path, personalFields });
  const cleaned = JSON.stringify(isJsonObject(kept) ? mapEdits(kept, without) : without(kept));
  return cleaned === JSON.stringify(kept) ? text : cleaned;
}

const pseudonym = pseudonymFor('erase', '');

/** A draft of a record has `{input, base}` by `body.<field>`: its texts stand in the field, not in `input`. */
function mapEdits(draft: JsonObject, without: (value: Json, path?: string) => Json): Json {
  const isEdit = ([path, edit]: [string, Json]) => path.startsWith('body.') && isJsonObject(edit) && 'input' in edit;
  if (!Object.entries(draft).some(isEdit)) return without(draft);
  return Object.fromEntries(
    Object.entries(draft).map(([path, edit]): [string, Json] => {
      if (!isJsonObject(edit)) return [path, without(edit, path)];
      const field = path.replace(/^body\./u, '');
      return [path, Object.fromEntries(Object.entries(edit).map(([part, value]) => [part, without(value, field)]))];
    }),
  );
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
