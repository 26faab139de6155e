import type { Json, JsonObject } from '#shared/kernel/json.ts';
import type { TestEvent } from '#shared/resources/automation/ruleTest.ts';
import type { Event } from '#shared/resources/events/event.ts';
import type { SchemaField } from '#shared/domain/automation/events/schemaFields.ts';

export const blankEvent: TestEvent = {
  module: '',
  code: '',
  tenantId: '',
  entityType: '',
  entityId: '',
  data: {},
  occurredAt: '',
};

/** An event of the history as one that can be changed and kept with a test. */
export function testEventOf({ tenantId, body }: Pick<Event, 'tenantId' | 'body'>): TestEvent {
  const { module, code, entityType, entityId, data, occurredAt } = body;
  return { module, code, tenantId, entityType, entityId, data, occurredAt };
}

/** The value at a dotted path of an event's data. */
export function dataAt(data: JsonObject, path: string): Json | undefined {
  let held: Json | undefined = data;
  for (const part of path.split('.')) {
    if (held === null || typeof held !== 'object' || Array.isArray(held)) return undefined;
    held = held[part];
  }
  return held;
}

/** The data with another value at a dotted path; undefined takes it away, with objects that it leaves empty. */
export function withDataAt(data: JsonObject, path: string, value: Json | undefined): JsonObject {
  const [first = '', ...rest] = path.split('.');
  const { [first]: held, ...others } = data;
  if (rest.length === 0) return value === undefined ? others : { ...data, [first]: value };
  const inner = held !== null && typeof held === 'object' && !Array.isArray(held) ? held : {};
  const changed = withDataAt(inner, rest.join('.'), value);
  return Object.keys(changed).length === 0 ? others : { ...data, [first]: changed };
}

/** The fields a form asks for: an object whose own fields are known is asked for through them. */
export function askedFields(fields: readonly SchemaField[]): SchemaField[] {
  return fields.filter(
    (field) => field.type !== 'object' || !fields.some((other) => other.path.startsWith(`${field.path}.`)),
  );
}

/** What was typed as the value it means: '' is nothing; a text that is no JSON stays a text. */
export function valueOfText(text: string, type: SchemaField['type']): Json | undefined {
  if (text.trim() === '') return undefined;
  if (type !== 'list' && type !== 'object' && type !== 'any') return text;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

export function textOfValue(value: Json | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
