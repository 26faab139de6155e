import { IconFileUnknown, IconLock, IconShieldLock } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearch } from 'wouter';
import { useAccess } from '#renderer/data/hooks/useAccess.ts';
import { useFoundRecord } from '#renderer/data/hooks/useFoundRecord.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useRoleWords } from '#renderer/data/hooks/useRoleWords.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { copyOfRole, draftOf } from './role/roleDraft.ts';
import { RoleEditor } from './role/RoleEditor.tsx';
import { asRole, useRoles } from './useRoles.ts';

interface RolePageProps {
  id: string;
  /** The log of a record, which another feature draws. */
  History: ComponentType<{ record: RecordEnvelope }>;
}

/** A role, or a new one: `new`, and `?copy=<id>` for one that begins like another. */
export function RolePage({ id, History }: RolePageProps) {
  return id === 'new' ? <NewRole History={History} /> : <StoredRole key={id} id={id} History={History} />;
}

function StoredRole({ id, History }: RolePageProps) {
  const { t } = useTranslation('access');
  const words = useRecordWords();
  const found = useFoundRecord('role', id);
  const record = found.state === 'found' ? found.record.record : undefined;
  const role = useMemo(() => record && asRole(record), [record]);
  if (found.state === 'reading') return <EmptyState icon={<IconShieldLock size={32} />} title={t('reading')} />;
  if (!role || found.state !== 'found')
    return (
      <EmptyState
        icon={<IconFileUnknown size={32} />}
        title={t('role.missing')}
        description={t('role.missingText')}
        action={<Link href="/roles">{words.kinds('role')}</Link>}
      />
    );
  return <RoleEditor role={role} badge={found.record.badge} draftId={id} History={History} />;
}

function NewRole({ History }: Pick<RolePageProps, 'History'>) {
  const { t } = useTranslation('access');
  const roleWords = useRoleWords();
  const access = useAccess();
  const roles = useRoles();
  const copied = new URLSearchParams(useSearch()).get('copy') ?? '';
  const source = roles.byId.get(copied);
  const initial = useMemo(() => {
    if (!source) return undefined;
    const taken = new Set(roles.all.map((role) => role.body.key));
    return copyOfRole(draftOf(source.body), t('role.copyName', { name: roleWords.name(source.body) }), taken);
    // A copy is made once, of the role as it is now: what is typed after stays.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [source?.id]);
  const whyNot = access('roles.create');
  if (whyNot !== '') return <EmptyState icon={<IconLock size={32} />} title={t('role.noNew')} description={whyNot} />;
  if (roles.state === 'reading') return <EmptyState icon={<IconShieldLock size={32} />} title={t('reading')} />;
  return <RoleEditor key={copied} role={undefined} initial={initial} draftId={`new${copied}`} History={History} />;
}
