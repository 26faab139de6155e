import type { Json } from '#shared/kernel/json.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import type { Resource } from '#shared/records/defineResource.ts';
import type { RecordQuery } from '../replicaApi.ts';
import { valueAtPath } from '#shared/records/valueAtPath.ts';
import { compareValues } from './recordFilter.ts';

type Order = NonNullable<RecordQuery['sort']>;

/** The order a list has before anybody chose one. */
function defaultOrder(resource: Resource): Order {
  const { defaultSort } = resource.list;
  return [{ path: defaultSort.replace(/^-/, ''), descending: defaultSort.startsWith('-') }];
}

const machineText = /^(id|kind|tenantId|status|assignedTo|createdAt|updatedAt|version)$/;
const instant = /^\d{4}-\d\d-\d\dT/;

/**
 * The rows in order; equal ones newest id first, so that the order is always the same. Keys are taken once per row, and
 * machine text (ids, instants) is compared without the alphabet of a language, which is many times faster.
 */
export function sortRecords<Row extends { record: RecordEnvelope }>(
  rows: Row[],
  resource: Resource,
  order: Order = [],
): Row[] {
  const keys = order.length > 0 ? order : defaultOrder(resource);
  const keyed = rows.map((row) => ({ row, values: keys.map(({ path }) => valueAtPath(row.record, path)) }));
  const plain = keys.map(
    ({ path }, index) => machineText.test(path) || keyed.every(({ values }) => isMachineValue(values[index])),
  );
  keyed.sort((left, right) => {
    for (let index = 0; index < keys.length; index++) {
      const compared = plain[index]
        ? comparePlain(left.values[index], right.values[index])
        : compareWithGaps(left.values[index], right.values[index]);
      if (compared !== 0) return keys[index]?.descending ? -compared : compared;
    }
    return left.row.record.id < right.row.record.id ? 1 : -1;
  });
  return keyed.map(({ row }) => row);
}

function isMachineValue(value: Json | undefined): boolean {
  return typeof value !== 'string' ? typeof value !== 'object' : value === '' || instant.test(value);
}

function comparePlain(left: Json | undefined, right: Json | undefined): number {
  const [a, b] = [left ?? '', right ?? ''];
  if (a === b) return 0;
  if (a === '') return -1;
  if (b === '') return 1;
  return a < b ? -1 : 1;
}

function compareWithGaps(left: Json | undefined, right: Json | undefined): number {
  if ((left ?? '') === '' || (right ?? '') === '') return comparePlain(left, right);
  return compareValues(left, right);
}
