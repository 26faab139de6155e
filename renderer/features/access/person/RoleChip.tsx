import { IconClockExclamation } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useRoleWords } from '#renderer/data/hooks/useRoleWords.ts';
import { useNow } from '#renderer/ui/useNow.ts';
import type { Role } from '#shared/resources/access/role.ts';
import classes from '../Access.module.css';
import { grantState } from '../holders.ts';
import type { HeldRole } from '../holders.ts';

/** A role somebody holds; one that ends soon or has ended says so. */
export function RoleChip({ held, role }: { held: HeldRole; role: Role | undefined }) {
  const { t } = useTranslation('access');
  const words = useRecordWords();
  const roleWords = useRoleWords();
  const now = useNow();
  const state = grantState(held, now);
  const until = state === 'lasting' ? '' : words.instant(held.expiresAt);
  return (
    <Link
      href={`/roles/${encodeURIComponent(held.roleId)}`}
      className={classes.roleChip}
      data-state={state}
      title={until === '' ? undefined : t(state === 'over' ? 'grants.overAt' : 'grants.endsAt', { when: until })}
    >
      {state === 'soon' && <IconClockExclamation size={12} aria-label={t('grants.soon')} />}
      <bdi>{role ? roleWords.name(role.body) : words.name('role', held.roleId)}</bdi>
    </Link>
  );
}
