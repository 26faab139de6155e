import { checkEventData } from '#shared/domain/automation/events/checkEventData.ts';
import type { DataFault } from '#shared/domain/automation/events/checkEventData.ts';
import type { EventType } from '#shared/resources/automation/eventType.ts';
import type { TestEvent } from '#shared/resources/automation/ruleTest.ts';

/** Why the server would refuse such an event at its door; undefined when it would take it, or the type is not known here. */
export function eventFault(event: Pick<TestEvent, 'data'>, type: EventType | undefined): DataFault | undefined {
  if (!type) return undefined;
  const checked = checkEventData(type.body.dataSchema, event.data);
  return checked.ok ? undefined : checked.error;
}
