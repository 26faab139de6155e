import type { JsonObject } from '../kernel/json.ts';

/**
 * Brings a stored document of the replica from one version of its form to the next. Version 1 took an index away and left
 * the documents as they were.
 */
export function migrateDocument(_table: string, document: JsonObject, _fromVersion: number): JsonObject {
  return document;
}
