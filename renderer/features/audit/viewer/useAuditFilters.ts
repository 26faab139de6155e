import { useCallback, useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';
import { filtersOfQuery, noAuditFilters, queryOfFilters } from '#renderer/data/audit/auditFilters.ts';
import type { AuditFilters } from '#renderer/data/audit/auditFilters.ts';

export interface AuditLook {
  filters: AuditFilters;
  narrow: (part: Partial<AuditFilters>) => void;
  show: (filters: AuditFilters) => void;
  reset: () => void;
}

/** What the log is narrowed to: the address says it, so that a link, Back and a new start find it again. */
export function useAuditFilters(): AuditLook {
  const query = useSearch();
  const [, navigate] = useLocation();
  const filters = useMemo(() => filtersOfQuery(query), [query]);
  const show = useCallback(
    (next: AuditFilters) => navigate(`/audit?${queryOfFilters(next)}`, { replace: true }),
    [navigate],
  );
  return {
    filters,
    show,
    narrow: (part) => show({ ...filters, ...part }),
    reset: () => show({ ...noAuditFilters, view: filters.view }),
  };
}
