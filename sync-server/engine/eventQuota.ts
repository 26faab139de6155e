import { isJsonObject } from '#shared/kernel/json.ts';
import { numberIn } from '#shared/records/readBody.ts';
import type { EngineBatch } from './ports.ts';

const area = 'runQuota';
const minute = 60_000;

/** Takes `runs` from what a tenant may start in this minute of the clock, all of them or none. */
export async function takeFromQuota(
  batch: EngineBatch,
  tenantId: string,
  runs: number,
  perMinute: number,
  now: number,
): Promise<boolean> {
  const current = Math.floor(now / minute);
  const stored = (await batch.getEntries(area, [tenantId])).get(tenantId);
  const used = isJsonObject(stored) && numberIn(stored, 'minute') === current ? numberIn(stored, 'used') : 0;
  if (used + runs > perMinute) return false;
  batch.putEntry(area, tenantId, { minute: current, used: used + runs }, now + 2 * minute);
  return true;
}
