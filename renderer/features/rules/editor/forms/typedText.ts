import type { FieldType } from '#shared/domain/automation/conditions/operatorsFor.ts';
import type { Json } from '#shared/kernel/json.ts';

/** What is stored for a typed text: a number or a flag where the field holds such and the text is one; else the text. */
export function valueOfText(text: string, type: FieldType | undefined): Json {
  if (type === 'number' && text.trim() !== '' && Number.isFinite(Number(text))) return Number(text);
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

/** A stored value as it is typed. */
export function textOfValue(value: Json | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
