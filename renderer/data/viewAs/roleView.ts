import type { Principal } from '#shared/domain/access/principal.ts';
import { principalOfRole } from '#shared/domain/access/principalFor.ts';
import type { RoleRights } from '#shared/domain/access/accessTypes.ts';

/** The console as somebody sees it who holds one role and no other. */
export interface RoleView {
  roleId: string;
  /** Name of the role, as it is shown. */
  name: string;
  /** The rights are those of an editor, not yet saved. */
  draft: boolean;
  key: string;
  rights: RoleRights;
}

/** The person in the place of a holder of the role: the same person, so that what is theirs stays theirs. */
export function principalOfView(person: Principal, { key, rights }: RoleView): Principal {
  return principalOfRole(person, {
    key,
    permissions: [...rights.permissions],
    tenants: [...rights.tenants],
    fieldRules: rights.fieldRules.map((rule) => ({ ...rule })),
  });
}
