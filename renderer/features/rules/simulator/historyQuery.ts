import { parsePattern } from '#shared/domain/automation/patterns/eventPattern.ts';
import type { ListFilter, RecordQuery } from '#renderer/data/replicaApi.ts';
import { instantsOf } from './simulationPeriod.ts';
import type { SimulatorSetup } from './useSimulatorSetup.ts';

/**
 * The events of a stretch of history, newest first. A pattern that names a module narrows what is read; the rest of it is
 * left to whoever reads. `now` is in milliseconds since the epoch.
 */
export function historyQuery(
  { period, tenantId, pattern }: Pick<SimulatorSetup, 'period' | 'tenantId' | 'pattern'>,
  now: number,
): RecordQuery {
  const { from, to } = instantsOf(period, now);
  const path = 'body.occurredAt';
  const filters: ListFilter[] = [];
  if (from !== undefined && to !== undefined) filters.push({ path, operator: 'between', value: [from, to] });
  else if (from !== undefined) filters.push({ path, operator: 'greater', value: from });
  const parsed = pattern === '' ? undefined : parsePattern(pattern);
  const module = parsed?.ok ? parsed.value.segments[0] : undefined;
  if (module !== undefined && module !== '*') filters.push({ path: 'body.module', operator: 'is', value: module });
  return { kind: 'event', tenantId, filters, sort: [{ path, descending: true }] };
}
