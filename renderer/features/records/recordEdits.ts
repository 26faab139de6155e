import * as z from 'zod';
import { jsonEqual } from '#shared/kernel/json.ts';
import type { Json, JsonObject } from '#shared/kernel/json.ts';
import type { Resource } from '#shared/records/defineResource.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import type { RecordPatch } from '#renderer/data/replicaApi.ts';
import { bodyName, hintAtPath, valueOf } from './formFields.ts';
import { fromInput, toInput } from './formValue.ts';
import type { InputProblem } from './formValue.ts';

/** What a person typed into one field and has not saved. */
const editSchema = z.object({
  input: z.json(),
  /** The record's value when the person began to type; absent where it had none. */
  base: z.json().optional(),
});

/** Unsaved changes by field path. */
export const editsSchema = z.record(z.string(), editSchema);
export type RecordEdits = z.infer<typeof editsSchema>;

type Target = Pick<RecordEnvelope, 'assignedTo' | 'body'>;

function currencyOf(resource: Resource, record: Target, edits: RecordEdits, path: string): string {
  const hint = hintAtPath(resource, path);
  if (hint.widget !== 'money') return '';
  return String(edits[`body.${hint.currencyField}`]?.input ?? record.body[hint.currencyField] ?? '');
}

/** What the field's input shows: what was typed, else what the record holds. */
export function inputOf(resource: Resource, record: Target, edits: RecordEdits, path: string): Json {
  const edit = edits[path];
  return edit ? edit.input : storedInput(resource, record, edits, path);
}

function storedInput(resource: Resource, record: Target, edits: RecordEdits, path: string): Json {
  return toInput(hintAtPath(resource, path), valueOf(record, path), currencyOf(resource, record, edits, path));
}

/** The edits with one field changed; typing back what the record holds takes the field out. */
export function withInput(
  resource: Resource,
  record: Target,
  edits: RecordEdits,
  path: string,
  input: Json,
): RecordEdits {
  const { [path]: former, ...others } = edits;
  if (jsonEqual(input, storedInput(resource, record, others, path))) return others;
  const base = former ? former.base : valueOf(record, path);
  return { ...others, [path]: base === undefined ? { input } : { input, base } };
}

/** The edits that still say something else than the record: what arrived meanwhile may have made some of them void. */
export function openEdits(resource: Resource, record: Target, edits: RecordEdits): RecordEdits {
  return Object.fromEntries(
    Object.entries(edits).filter(([path, edit]) => !jsonEqual(edit.input, storedInput(resource, record, edits, path))),
  );
}

/** Fields that somebody else changed since this person began to type in them: a choice is needed before saving. */
export function changedElsewhere(resource: Resource, record: Target, edits: RecordEdits): string[] {
  return Object.entries(openEdits(resource, record, edits))
    .filter(([path, edit]) => !jsonEqual(edit.base, valueOf(record, path)))
    .map(([path]) => path);
}

/** Keeps what was typed although the record changed: the choice is made. */
export function keepMine(record: Target, edits: RecordEdits, path: string): RecordEdits {
  const edit = edits[path];
  const base = valueOf(record, path);
  return edit ? { ...edits, [path]: base === undefined ? { input: edit.input } : { input: edit.input, base } } : edits;
}

export interface EditedRecord {
  /** Only what changed; empty when nothing did. */
  patch: RecordPatch;
  /** The body as it would be stored. */
  body: JsonObject;
  problems: Record<string, InputProblem>;
}

/** The patch that saves the edits, and the inputs that hold no value of their field. */
export function applyEdits(resource: Resource, record: Target, edits: RecordEdits): EditedRecord {
  const problems: Record<string, InputProblem> = {};
  const changed: JsonObject = {};
  const body: JsonObject = { ...record.body };
  let assignedTo: string | undefined;
  for (const [path, edit] of Object.entries(openEdits(resource, record, edits))) {
    const read = fromInput(hintAtPath(resource, path), edit.input, currencyOf(resource, record, edits, path));
    const name = bodyName(path);
    if (!read.ok) problems[path] = read.error;
    else if (name === undefined) assignedTo = String(read.value ?? '');
    else {
      const value = read.value === undefined ? emptyValue(resource, name) : read.value;
      if (value === undefined) delete body[name];
      else changed[name] = body[name] = value;
    }
  }
  const patch: RecordPatch = {
    ...(Object.keys(changed).length > 0 ? { body: changed } : {}),
    ...(assignedTo === undefined ? {} : { assignedTo }),
  };
  return { patch, body, problems };
}

/** What an emptied field is stored as: the schema's default, undefined where a value is required. */
function emptyValue(resource: Resource, name: string): Json | undefined {
  const parsed = resource.body.shape[name]?.safeParse(undefined);
  return parsed?.success ? (parsed.data as Json | undefined) : undefined;
}
