import type { EventType } from '../../../resources/automation/eventType.ts';

/** The bodies of the event types that every installation starts with. */
export function catalogueBodies(): EventType['body'][] {
  throw new Error('being written');
}
