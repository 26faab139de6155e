import type { JsonObject } from '#shared/kernel/json.ts';
import { jsonEqual } from '#shared/kernel/json.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordEnvelope, RecordState } from '#shared/records/envelope.ts';
import { staff } from '#shared/resources/access/staff.ts';
import type { StaffBody } from '#shared/domain/access/principalFor.ts';
import type { AuditNote, AuditedWrite } from './auditTrail.ts';

/** An entry for each role that a write of a person gives, changes or takes: who, to whom, which, why, until when. */
export function roleNotes(
  before: RecordEnvelope | undefined,
  { after, actor, reason }: Pick<AuditedWrite, 'after' | 'actor' | 'reason'>,
  { recordOf }: { recordOf?: (id: string) => RecordState | undefined },
): AuditNote[] {
  const [had, has] = [rolesOf(before), rolesOf(isTombstone(after) ? undefined : after)];
  const named = isTombstone(after) ? before : after;
  const keyOf = (roleId: string) => {
    const role = recordOf?.(roleId);
    return role && !isTombstone(role) ? String(role.body['key'] ?? roleId) : roleId;
  };
  return [...new Set([...had.keys(), ...has.keys()])].flatMap((roleId): AuditNote[] => {
    const [old, next] = [had.get(roleId), has.get(roleId)];
    if (jsonEqual(old ?? null, next ?? null)) return [];
    const change: JsonObject = {
      path: `body.roles.${keyOf(roleId)}`,
      ...(old ? { old } : {}),
      ...(next ? { new: next } : {}),
    };
    return [
      {
        actor,
        tenantId: after.tenantId,
        action: 'permission_change',
        resource: after.kind,
        resourceId: after.id,
        resourceName: String(named?.body['displayName'] ?? after.id),
        changes: [change],
        reason: (next && next.reason !== old?.reason ? next.reason : '') || reason,
      },
    ];
  });
}

/** By role, what is told of it; `until` is '' for a role without end. */
function rolesOf(person: RecordEnvelope | undefined): Map<string, { until: string; reason: string }> {
  const parsed = staff.body.shape.roles.safeParse(person?.body['roles'] ?? []);
  const held: StaffBody['roles'] = parsed.success ? parsed.data : [];
  return new Map(held.map((one) => [one.roleId, { until: one.expiresAt, reason: one.reason }]));
}
