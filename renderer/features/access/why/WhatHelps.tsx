import { useTranslation } from 'react-i18next';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useRoleWords } from '#renderer/data/hooks/useRoleWords.ts';
import { useNow } from '#renderer/ui/useNow.ts';
import type { DecisionStep } from '#shared/domain/access/accessTypes.ts';
import { allPermissions } from '#shared/domain/access/permissionCatalogue.ts';
import type { Principal } from '#shared/domain/access/principal.ts';
import { rolesWith, whomToAsk } from '../holders.ts';
import { useAccessWords } from '../useAccessWords.ts';
import { usePeople, useRoles } from '../useRoles.ts';
import classes from './Why.module.css';

interface WhatHelpsProps {
  permission: string;
  steps: readonly DecisionStep[];
  principal: Principal;
}

/** Names said at most; nobody asks more people. */
const namesSaid = 4;

/** What would change a refusal, and who can do that, as far as this person may see roles and people. */
export function WhatHelps({ permission, steps, principal }: WhatHelpsProps) {
  const { t } = useTranslation('access');
  const roleWords = useRoleWords();
  const words = useRecordWords();
  const access = useAccessWords();
  const roles = useRoles();
  const people = usePeople();
  const now = useNow();
  const list = (names: readonly string[]) => names.slice(0, namesSaid).join(words.listSeparator);
  const has = (outcome: DecisionStep['outcome']) => steps.some((step) => step.outcome === outcome);
  const [resource = ''] = permission.split('.');
  const viewAll = `${resource}.view_all`;
  // Roles that say nothing but this permission are a smaller gift than `*`.
  const giving = rolesWith(permission, roles.all)
    .toSorted((left, right) => left.body.permissions.length - right.body.permissions.length)
    .toSorted(
      (left, right) => Number(left.body.permissions.includes('*')) - Number(right.body.permissions.includes('*')),
    )
    .map((role) => roleWords.name(role.body));
  const asked = whomToAsk(people.all, roles.all, now).filter((person) => person.id !== principal.id);
  return (
    <div className={classes.helps}>
      <h3 className={classes.subtitle}>{t('help.title')}</h3>
      <ul>
        {has('expired') && <li>{t('help.expired')}</li>}
        {has('not_owner') && allPermissions.includes(viewAll) && (
          <li>{t('help.notOwner', { permission: access.permission(viewAll) })}</li>
        )}
        {has('other_tenant') && <li>{t('help.otherTenant')}</li>}
        {giving.length > 0 && <li>{t('help.roles', { roles: list(giving) })}</li>}
        {!has('expired') && !has('not_owner') && !has('other_tenant') && giving.length === 0 && (
          <li>{t('help.permission', { permission: access.permission(permission) })}</li>
        )}
        <li data-testid="whom-to-ask">
          {asked.length > 0
            ? t('help.ask', { names: list(asked.map((person) => person.body.displayName)) })
            : t('help.askAnybody')}
        </li>
      </ul>
    </div>
  );
}
