import type { Json } from '../../../kernel/json.ts';
import type { Result } from '../../../kernel/result.ts';

/** The first thing wrong, with a path such as `data.amount` or, in a schema, `dataSchema.properties.amount.pattern`. */
export interface DataFault {
  path: string;
  message: string;
}

/** Whether it is a JSON Schema that events can be checked with. */
export function checkDataSchema(_schema: Json): Result<undefined, DataFault> {
  throw new Error('being written');
}

/** Whether an event's data fit the schema of its type. Schemas are recognised by identity: keep the same object. */
export function checkEventData(_schema: object, _data: Json): Result<undefined, DataFault> {
  throw new Error('being written');
}
