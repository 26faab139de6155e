import * as z from 'zod';
import { isJsonObject } from '#shared/kernel/json.ts';
import type { Json } from '#shared/kernel/json.ts';
import type { Resource } from '#shared/records/defineResource.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { hintAtPath, valueOf } from './formFields.ts';
import { toInput } from './formValue.ts';

/**
 * The form input that puts an old value back. A path inside a field (`body.branding.primaryColor`) changes that part only
 * of the field's present value. Undefined where the value is no JSON or the field has no such part any more.
 */
export function restoredInput(
  resource: Resource,
  record: RecordEnvelope,
  path: string,
  old: unknown,
): { path: string; input: Json } | undefined {
  const value = z.json().safeParse(old);
  if (!value.success) return undefined;
  const names = path.split('.');
  const depth = names[0] === 'body' ? 2 : 1;
  const top = names.slice(0, depth).join('.');
  const whole = put(valueOf(record, top), names.slice(depth), value.data);
  if (whole === undefined) return undefined;
  const hint = hintAtPath(resource, top);
  const currency = hint.widget === 'money' ? String(record.body[hint.currencyField] ?? '') : '';
  return { path: top, input: toInput(hint, whole, currency) };
}

function put(held: Json | undefined, names: readonly string[], value: Json): Json | undefined {
  const [name, ...inner] = names;
  if (name === undefined) return value;
  if (!isJsonObject(held)) return undefined;
  const part = put(held[name], inner, value);
  return part === undefined ? undefined : { ...held, [name]: part };
}
