import { editsSchema } from './recordEdits.ts';
import type { RecordEdits } from './recordEdits.ts';

const keyOf = (kind: string, id: string) => `steward.draft.${kind}.${id}`;

/** What was typed into a record and not saved, as it survives a crash; nothing where none or nothing usable was kept. */
export function readDraft(kind: string, id: string): RecordEdits {
  try {
    const parsed = editsSchema.safeParse(JSON.parse(localStorage.getItem(keyOf(kind, id)) ?? '{}'));
    return parsed.success ? parsed.data : {};
  } catch {
    return {};
  }
}

/** Keeps unsaved edits on this machine; none removes what was kept. Full storage loses the draft, never the form. */
export function keepDraft(kind: string, id: string, edits: RecordEdits): void {
  try {
    if (Object.keys(edits).length === 0) localStorage.removeItem(keyOf(kind, id));
    else localStorage.setItem(keyOf(kind, id), JSON.stringify(edits));
  } catch (error) {
    void window.steward.log.write({ level: 'warn', message: `draft of ${kind} not kept: ${String(error)}` });
  }
}
