import { lastRemoved } from '#shared/domain/audit/thinnings.ts';
import type { Json } from '#shared/kernel/json.ts';
import type { ListRequest } from '#shared/replica/listRequest.ts';

/**
 * The entries of a chain ('' = the platform's) that are held as a whole, in the order of their numbers: those after `since`
 * (ISO 8601, '' = all) and behind the gaps, given as bodies.
 */
export function entriesOf({ tenantId, gaps }: { tenantId: string; gaps: readonly Json[] }, since: string): ListRequest {
  const behind = lastRemoved(gaps);
  return {
    kind: 'auditEntry',
    conditions: [
      tenantId === ''
        ? { path: 'tenantId', operator: 'is_empty' }
        : { path: 'tenantId', operator: 'is', value: tenantId },
      ...(since === '' ? [] : [{ path: 'body.at', operator: 'greater' as const, value: since }]),
      ...(behind === 0 ? [] : [{ path: 'body.number', operator: 'greater' as const, value: behind }]),
    ],
    words: [],
    order: [{ path: 'body.number', descending: false }],
  };
}
