import { useTranslation } from 'react-i18next';
import { useAccess } from '#renderer/data/hooks/useAccess.ts';
import { usePrincipal } from '#renderer/data/hooks/usePrincipal.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { guardRights } from '#shared/domain/access/guardRights.ts';
import { rolesById } from '#shared/domain/access/principalFor.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import { failure } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import type { Staff } from '#shared/resources/access/staff.ts';
import type { HeldRole } from '../holders.ts';
import { useProvenWrite } from '../useProvenWrite.ts';
import { usePeople, useRoles } from '../useRoles.ts';

export interface Grants {
  /** Why this person's roles cannot be changed here; '' = they can. */
  whyNot: string;
  give: (grant: { roleId: string; expiresAt: string; reason: string }) => Promise<Result<RecordEnvelope, Problem>>;
  take: (roleId: string, reason: string) => Promise<Result<RecordEnvelope, Problem>>;
}

/** Gives and takes roles. The server's own rules are asked here first, so that a refusal is heard at once. */
export function useGrants(person: Staff): Grants {
  const { t } = useTranslation('access');
  const access = useAccess();
  const replica = useReplica();
  const principal = usePrincipal();
  const proven = useProvenWrite();
  const roles = useRoles();
  const people = usePeople();
  const write = async (held: HeldRole[], reason: string): Promise<Result<RecordEnvelope, Problem>> => {
    const after = { ...person, body: { ...person.body, roles: held } };
    const world = { roles: rolesById(roles.all), staff: people.all, now: Date.now() };
    const problem = principal && guardRights({ principal, before: person, after, reason, world });
    if (problem) return failure(problem);
    return proven(() => replica.edit('staff', person.id, { body: { roles: held }, reason }));
  };
  return {
    whyNot: person.id === principal?.id ? t('person.self') : access('staff.edit', person) || access('roles.manage'),
    give: ({ roleId, expiresAt, reason }) =>
      write(
        [...person.body.roles.filter((one) => one.roleId !== roleId), { id: roleId, roleId, expiresAt, reason }],
        reason,
      ),
    take: (roleId, reason) =>
      write(
        person.body.roles.filter((one) => one.roleId !== roleId),
        reason,
      ),
  };
}
