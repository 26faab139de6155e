import type { Json } from '#shared/kernel/json.ts';
import { dataOutActions, securityActions } from './actionGroups.ts';
import type { AuditFilters } from './auditFilters.ts';
import { justAfter } from './auditFilters.ts';
import { periodStart } from '../list/period.ts';

/**
 * The filters as the server's export takes them (shared/domain/audit/auditFilter.ts); undefined = it has no such filter, so
 * that only this console can say which entries are meant. `tenantId`: '' = all; `me` = id of the person; `now` in milliseconds.
 */
export function serverFilter(
  filters: AuditFilters,
  { tenantId, me, now }: { tenantId: string; me: string; now: number },
): Record<string, Json> | undefined {
  // The server compares addresses as a whole, and knows neither sessions nor requests nor single numbers.
  if (filters.session !== '' || filters.requestId !== '' || filters.number !== '' || filters.address !== '')
    return undefined;
  const ofView =
    filters.view === 'security' ? securityActions : filters.view === 'data_out' ? dataOutActions : undefined;
  const chosen = filters.actions.length > 0 ? filters.actions : undefined;
  const actions = ofView && chosen ? ofView.filter((one) => chosen.includes(one)) : (ofView ?? chosen);
  const actorId = filters.view === 'mine' ? me : filters.actorId;
  if (filters.view === 'mine' && filters.actorId !== '' && filters.actorId !== me) return undefined;
  const from = filters.period === '' ? filters.from : periodStart(filters.period, now);
  return {
    ...(tenantId === '' ? {} : { tenantIds: [tenantId] }),
    ...(from === '' ? {} : { from }),
    ...(filters.until === '' ? {} : { until: justAfter(filters.until) }),
    ...(actorId === '' ? {} : { actorId }),
    ...(actions ? { actions: [...actions] } : {}),
    ...(filters.resources.length > 0 ? { resources: [...filters.resources] } : {}),
    ...(filters.recordId === '' ? {} : { resourceId: filters.recordId }),
    ...(filters.text === '' ? {} : { text: filters.text }),
  };
}
