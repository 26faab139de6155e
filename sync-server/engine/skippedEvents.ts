import type { EngineBatch } from './ports.ts';
import { activityOf, putActivity } from './ruleActivity.ts';
import type { KnownRule } from './ruleBook.ts';

/** Events a paused rule would have run for: `<rule>|<event>`, in the order of their ids. */
const area = 'skipped';
/** Further ones are not kept. */
export const mostSkipped = 10_000;

export async function keepSkipped(batch: EngineBatch, { record }: KnownRule, eventId: string): Promise<void> {
  const activity = await activityOf(batch, record.id, record.body);
  const key = `${record.id}|${eventId}`;
  if (activity.skipped >= mostSkipped || (await batch.getEntries(area, [key])).has(key)) return;
  batch.putEntry(area, key, true);
  putActivity(batch, record.id, { ...activity, skipped: activity.skipped + 1 });
}

/** The oldest kept events of a rule behind `after`, an event id or ''. */
export async function skippedEvents(
  batch: EngineBatch,
  ruleId: string,
  after: string,
  limit: number,
): Promise<string[]> {
  const page = await batch.entriesOf(area, { prefix: `${ruleId}|`, after: `${ruleId}|${after}`, limit });
  return page.map(({ key }) => key.slice(ruleId.length + 1));
}

/** They are dealt with. */
export async function dropSkipped(
  batch: EngineBatch,
  rule: { id: string },
  eventIds: readonly string[],
): Promise<void> {
  for (const eventId of eventIds) batch.removeEntry(area, `${rule.id}|${eventId}`);
  const activity = await activityOf(batch, rule.id);
  putActivity(batch, rule.id, { ...activity, skipped: Math.max(0, activity.skipped - eventIds.length) });
}
