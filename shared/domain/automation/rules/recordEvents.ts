import type { RecordState } from '../../../records/envelope.ts';
import type { Resource } from '../../../records/defineResource.ts';
import type { NewEvent } from './newEvent.ts';

/**
 * The events that an accepted write is: first `record.<kind>.<verb>` with what changed (never secrets, at most 100
 * changes), then those of the catalogue. `record.*` events need storing only when a rule listens. Empty when nothing of
 * content changed.
 */
export function eventsOfWrite(_resource: Resource, _before: RecordState | undefined, _after: RecordState): NewEvent[] {
  throw new Error('being written');
}
