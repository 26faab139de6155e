import * as z from 'zod';
import { isJsonObject } from '../../kernel/json.ts';
import { auditActions } from '../../resources/audit/auditEntry.ts';
import type { ChainEntry } from './auditTypes.ts';

const names = (longest: number) => z.array(z.string().min(1).max(longest)).max(1000);

/** Which entries are asked for; an absent member asks for all. */
export const auditFilter = z.strictObject({
  /** '' = the platform's chain. */
  tenantIds: z.array(z.string().max(64)).min(1).max(10_000).optional(),
  /** Inclusive and exclusive, by the server's time. */
  from: z.iso.datetime().optional(),
  until: z.iso.datetime().optional(),
  actorId: z.string().min(1).max(80).optional(),
  actions: z.array(z.enum(auditActions)).max(100).optional(),
  resources: names(60).optional(),
  resourceId: z.string().min(1).max(64).optional(),
  address: z.string().min(1).max(64).optional(),
  /** Somewhere in names, reason, ids or changed values; upper and lower case alike. */
  text: z.string().min(1).max(200).optional(),
});
export type AuditFilter = z.infer<typeof auditFilter>;

/** Whether the filter asks for an entry, as a person sees it. */
export function matchesFilter(filter: AuditFilter): (entry: ChainEntry) => boolean {
  const { tenantIds, from, until, actorId, actions, resources, resourceId, address, text } = filter;
  const tenants = tenantIds && new Set(tenantIds);
  const since = from === undefined ? Number.NEGATIVE_INFINITY : Date.parse(from);
  const before = until === undefined ? Number.POSITIVE_INFINITY : Date.parse(until);
  const wanted = text?.toLowerCase();
  return ({ tenantId, body }) => {
    const at = Date.parse(String(body['at']));
    return (
      (!tenants || tenants.has(tenantId)) &&
      at >= since &&
      at < before &&
      (actorId === undefined || body['actorId'] === actorId) &&
      (!actions || actions.some((one) => one === body['action'])) &&
      (!resources || resources.some((one) => one === body['resource'])) &&
      (resourceId === undefined || body['resourceId'] === resourceId) &&
      (address === undefined || body['address'] === address) &&
      (wanted === undefined || textsOf(body).some((one) => one.toLowerCase().includes(wanted)))
    );
  };
}

const searched = ['actorName', 'actorId', 'resource', 'resourceId', 'resourceName', 'reason', 'requestId'] as const;

function textsOf(body: ChainEntry['body']): string[] {
  const changes = Array.isArray(body['changes']) ? body['changes'].filter(isJsonObject) : [];
  return [
    ...searched.map((name) => String(body[name] ?? '')),
    ...changes.flatMap((change) => [
      String(change['path']),
      JSON.stringify(change['old'] ?? ''),
      JSON.stringify(change['new'] ?? ''),
    ]),
  ];
}
