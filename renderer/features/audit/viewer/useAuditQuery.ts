import { conditionsOf } from '#renderer/data/audit/auditFilters.ts';
import type { AuditFilters } from '#renderer/data/audit/auditFilters.ts';
import { useTenantFilter } from '#renderer/data/hooks/tenantFilter.ts';
import { usePrincipal } from '#renderer/data/hooks/usePrincipal.ts';
import type { ListFilter } from '#renderer/data/replicaApi.ts';
import { useNow } from '#renderer/ui/useNow.ts';

export interface AuditQuery {
  kind: 'auditEntry';
  tenantId: string;
  filters: ListFilter[];
  search: string;
}

/** What the replica is asked for the filters; the tenant chosen in the header narrows too. */
export function useAuditQuery(filters: AuditFilters): AuditQuery {
  const now = useNow();
  const me = usePrincipal()?.id ?? '';
  const chosen = useTenantFilter();
  return {
    kind: 'auditEntry',
    tenantId: filters.tenantId || chosen,
    filters: conditionsOf(filters, me, now),
    search: filters.text,
  };
}
