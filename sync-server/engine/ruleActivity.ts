import { isJsonObject } from '#shared/kernel/json.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import { numberIn } from '#shared/records/readBody.ts';
import type { Rule } from '#shared/resources/automation/rule.ts';
import type { EngineBatch } from './ports.ts';

/** What a rule has done so far; exact, because it is read and written in the transaction that starts runs. */
export interface RuleActivity {
  /** Runs ever started. */
  count: number;
  /** Milliseconds since the epoch; 0 = never. */
  lastAt: number;
  /** Runs that go on, waiting ones included. */
  active: number;
  /** Runs that wait for their turn. */
  inLine: number;
  /** Events kept while the rule was paused. */
  skipped: number;
}

const area = 'ruleActivity';
/** Rules whose record does not show the newest counts yet. */
const changedArea = 'ruleActivityChanged';

/** @param body of the rule, for one that has done nothing since the engine counts; absent for a rule that is gone. */
export async function activityOf(batch: EngineBatch, ruleId: string, body?: Rule['body']): Promise<RuleActivity> {
  const stored = (await batch.getEntries(area, [ruleId])).get(ruleId);
  if (!isJsonObject(stored)) {
    const lastAt = Date.parse(body?.lastExecutedAt ?? '');
    return {
      count: body?.executionCount ?? 0,
      lastAt: Number.isNaN(lastAt) ? 0 : lastAt,
      active: 0,
      inLine: 0,
      skipped: body?.skippedCount ?? 0,
    };
  }
  return {
    count: numberIn(stored, 'count'),
    lastAt: numberIn(stored, 'lastAt'),
    active: numberIn(stored, 'active'),
    inLine: numberIn(stored, 'inLine'),
    skipped: numberIn(stored, 'skipped'),
  };
}

export function putActivity(batch: EngineBatch, ruleId: string, activity: RuleActivity): void {
  batch.putEntry(area, ruleId, { ...activity });
  batch.putEntry(changedArea, ruleId, true);
}

/** The rule is gone. */
export function removeActivity(batch: EngineBatch, ruleId: string): void {
  batch.removeEntry(area, ruleId);
  batch.removeEntry(changedArea, ruleId);
}

/** Ids of rules whose record is behind, at most `limit`. */
export async function rulesBehind(batch: EngineBatch, limit: number): Promise<string[]> {
  return (await batch.entriesOf(changedArea, { limit })).map(({ key }) => key);
}

/** The fields of the rule's record that show its activity; undefined where they do already. Marks it as shown. */
export async function showActivity(batch: EngineBatch, record: Rule): Promise<JsonObject | undefined> {
  const activity = await activityOf(batch, record.id, record.body);
  batch.removeEntry(changedArea, record.id);
  const shown = {
    executionCount: activity.count,
    lastExecutedAt: activity.lastAt === 0 ? '' : new Date(activity.lastAt).toISOString(),
    skippedCount: activity.skipped,
  };
  const same =
    record.body.executionCount === shown.executionCount &&
    record.body.lastExecutedAt === shown.lastExecutedAt &&
    record.body.skippedCount === shown.skippedCount;
  return same ? undefined : shown;
}

export async function activityIsBehind(reader: Pick<EngineBatch, 'entriesOf'>): Promise<boolean> {
  return (await reader.entriesOf(changedArea, { limit: 1 })).length > 0;
}
