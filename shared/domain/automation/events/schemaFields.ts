import type { JsonObject } from '../../../kernel/json.ts';
import type { FieldType } from '../conditions/operatorsFor.ts';

/** A field that can be picked. */
export interface SchemaField {
  /** Dotted, within the data: `amount`, `customer.email`. */
  path: string;
  type: FieldType;
  description?: string;
  /** Of a choice. */
  options?: string[];
}

/** The fields that a JSON Schema of an event's data describes, objects before what is in them. */
export function schemaFields(_schema: JsonObject): SchemaField[] {
  throw new Error('being written');
}
