import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { jsonEqual } from '#shared/kernel/json.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { useAccess } from '#renderer/data/hooks/useAccess.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { usePrincipal } from '#renderer/data/hooks/usePrincipal.ts';
import type { Role } from '#shared/resources/access/role.ts';
import { blankRole, changesOf, countChanges, draftOf, keepRoleDraft, readRoleDraft, rebase } from './roleDraft.ts';
import type { RoleDraft } from './roleDraft.ts';
import { useProvenWrite } from '../useProvenWrite.ts';

export interface RoleEditor {
  /** Undefined = it does not exist yet. */
  role: Role | undefined;
  /** What the replica holds, or what a new role began with. */
  stored: RoleDraft;
  draft: RoleDraft;
  change: (patch: Partial<RoleDraft>) => void;
  changes: number;
  /** What was typed came back from before the page or the window closed. */
  restored: boolean;
  discard: () => void;
  /** Why nothing can be changed here; '' = it can. */
  whyNot: string;
  /** Why the draft cannot be saved; '' = it can. */
  problem: string;
  save: (reason: string) => Promise<Result<RecordEnvelope, Problem>>;
}

interface EditedRole {
  role: Role | undefined;
  /** What a new role begins with, unless some of it was typed before. */
  initial: RoleDraft | undefined;
  /** Under which the draft is kept: the role's id, `new`, or that of a copy begun. */
  draftId: string;
  /** Keys of all roles. */
  taken: ReadonlySet<string>;
}

/** The unsaved contents of a role, kept on this machine until they are saved or taken back. */
export function useRoleEditor({ role, initial, draftId, taken }: EditedRole): RoleEditor {
  const { t } = useTranslation('access');
  const replica = useReplica();
  const access = useAccess();
  const proven = useProvenWrite();
  const principal = usePrincipal();
  const stored = useMemo(() => (role ? draftOf(role.body) : blankRole), [role]);
  const [typed] = useState(() => readRoleDraft(draftId));
  const [kept, setKept] = useState(() => typed ?? (initial && { base: blankRole, draft: initial }));
  const [restored, setRestored] = useState(typed !== undefined);
  // What somebody else saved meanwhile comes in under what is typed here.
  const draft = useMemo(
    () =>
      kept === undefined ? stored : jsonEqual(kept.base, stored) ? kept.draft : rebase(kept.base, kept.draft, stored),
    [kept, stored],
  );
  const keep = (next: { base: RoleDraft; draft: RoleDraft } | undefined) => {
    setKept(next);
    keepRoleDraft(draftId, next);
  };
  const isSystem = role?.body.isSystem ?? false;
  const noRight = (role ? access('roles.edit', role) : access('roles.create')) || access('roles.manage');
  const own = role !== undefined && (principal?.grants.some((grant) => grant.role === role.body.key) ?? false);
  const changes = countChanges(stored, draft);
  return {
    role,
    stored,
    draft,
    change: (patch) => keep({ base: stored, draft: { ...draft, ...patch } }),
    changes,
    restored: restored && changes > 0,
    discard: () => {
      keep(undefined);
      setRestored(false);
    },
    whyNot: isSystem ? t('role.system') : noRight || (own ? t('role.own') : ''),
    problem: problemOf(draft, role?.body.key, taken, t),
    save: async (reason) => {
      const outcome = await proven(() =>
        role
          ? replica.edit('role', role.id, { body: changesOf(stored, draft), ...(reason === '' ? {} : { reason }) })
          : replica.create('role', '', draft),
      );
      if (outcome.ok) keep(undefined);
      return outcome;
    },
  };
}

function problemOf(
  draft: RoleDraft,
  ownKey: string | undefined,
  taken: ReadonlySet<string>,
  t: (key: 'role.needsName' | 'role.needsKey' | 'role.keyTaken') => string,
): string {
  if (draft.name.trim() === '') return t('role.needsName');
  if (!/^[a-z][a-z0-9_]*$/.test(draft.key)) return t('role.needsKey');
  return draft.key !== ownKey && taken.has(draft.key) ? t('role.keyTaken') : '';
}
