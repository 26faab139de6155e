import * as z from 'zod';
import type { JsonObject } from '#shared/kernel/json.ts';

const objectSchema = z.record(z.string(), z.json());

/** A parsed value as the JSON it is written as: what is undefined is left out. */
export function asJsonObject(value: object): JsonObject {
  return objectSchema.parse(JSON.parse(JSON.stringify(value)));
}
