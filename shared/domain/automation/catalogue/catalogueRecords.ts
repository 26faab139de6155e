import type { EventType } from '../../../resources/automation/eventType.ts';
import { dataSchemaOf } from './describeEvent.ts';
import { eventCatalogue } from './eventCatalogue.ts';

/**
 * The bodies of the event types that every installation starts with, to be stored where none of the same module and code
 * is.
 */
export function catalogueBodies(): EventType['body'][] {
  return eventCatalogue.map((entry) => ({
    module: entry.module,
    code: entry.code,
    description: entry.description,
    dataSchema: dataSchemaOf(entry),
    isActive: true,
  }));
}
