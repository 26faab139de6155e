import type { Resource } from '../../../records/defineResource.ts';
import type { FieldType } from '../conditions/operatorsFor.ts';

/** A field of a record that can be picked. */
export interface RecordField {
  /** In the record: `status`, `assignedTo`, `body.plan`. */
  path: string;
  type: FieldType;
  options?: string[];
  /** Of a reference: the kind it names. */
  kind?: string;
}

/** The envelope's and body's fields of a kind; secret ones are left out. */
export function recordFields(_resource: Resource): RecordField[] {
  throw new Error('being written');
}
