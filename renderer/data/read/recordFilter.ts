import type { Json } from '#shared/kernel/json.ts';
import { isJsonObject, jsonEqual } from '#shared/kernel/json.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import type { Resource } from '#shared/records/defineResource.ts';
import { valueAtPath } from '#shared/records/valueAtPath.ts';
import type { ListFilter, RecordQuery } from '../replicaApi.ts';

/** One test for all filters and the search of a query. Text is compared without case and marks. */
export function recordTest(resource: Resource, query: RecordQuery): (record: RecordEnvelope) => boolean {
  const filters = (query.filters ?? []).map((filter) => filterTest(filter));
  const words = fold(query.search ?? '')
    .split(/\s+/)
    .filter((word) => word !== '');
  const tenantId = query.tenantId ?? '';
  return (record) =>
    (tenantId === '' || record.tenantId === tenantId) &&
    filters.every((test) => test(record)) &&
    (words.length === 0 || holdsWords(resource, record, words));
}

function holdsWords(resource: Resource, record: RecordEnvelope, words: readonly string[]): boolean {
  const text = fold(
    [record.id, ...resource.list.search.map((name) => record.body[name])]
      .filter((value) => typeof value === 'string' || typeof value === 'number')
      .join(' '),
  );
  return words.every((word) => text.includes(word));
}

/** Lower case without accents, so that "Lefevre" finds "Lefèvre". */
export function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

function filterTest({ path, operator, value }: ListFilter): (record: RecordEnvelope) => boolean {
  const list = Array.isArray(value) ? value : [];
  switch (operator) {
    case 'is':
      return (record) => equals(valueAtPath(record, path), value);
    case 'is_not':
      return (record) => !equals(valueAtPath(record, path), value);
    case 'contains': {
      const wanted = fold(String(value ?? ''));
      return (record) => textsOf(valueAtPath(record, path)).some((text) => fold(text).includes(wanted));
    }
    case 'is_empty':
      return (record) => isEmpty(valueAtPath(record, path));
    case 'is_not_empty':
      return (record) => !isEmpty(valueAtPath(record, path));
    case 'less':
      return (record) => isBefore(valueAtPath(record, path), value);
    case 'greater':
      return (record) => isBefore(value, valueAtPath(record, path));
    case 'between':
      return (record) => {
        const held = valueAtPath(record, path);
        return !isEmpty(held) && !isBefore(held, list[0]) && !isBefore(list[1], held);
      };
    case 'in':
      return (record) => list.some((one) => equals(valueAtPath(record, path), one));
  }
}

function equals(held: Json | undefined, wanted: Json | undefined): boolean {
  if (Array.isArray(held) && !Array.isArray(wanted)) return held.some((item) => jsonEqual(item, wanted));
  return jsonEqual(held, wanted);
}

function isEmpty(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return isJsonObject(value) && Object.keys(value).length === 0;
}

function isBefore(left: Json | undefined, right: Json | undefined): boolean {
  if (isEmpty(left) || isEmpty(right)) return false;
  return compareValues(left, right) < 0;
}

function textsOf(value: Json | undefined): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number' || typeof value === 'boolean') return [String(value)];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  return isJsonObject(value) ? Object.values(value).flatMap(textsOf) : [];
}

/** ISO 8601 instants compare as text, since all of them are UTC in one format; other text in the order of the alphabet. */
export function compareValues(left: Json | undefined, right: Json | undefined): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right);
  return collator.compare(asText(left), asText(right));
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

function asText(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
