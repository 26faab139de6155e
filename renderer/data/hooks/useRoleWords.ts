import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { shippedRoleKey } from '#shared/domain/access/systemRoles.ts';

interface NamedRole {
  isSystem?: unknown;
  key?: unknown;
  name?: unknown;
  description?: unknown;
}

export interface RoleWords {
  /** System roles in the person's language; any other, and one that was renamed, as it was typed. */
  name: (role: NamedRole) => string;
  /** What was written about the role; for a system role of which nothing is written, what it is for. */
  description: (role: NamedRole) => string;
  /** The name of the system role with this key; the key where there is none. */
  nameOfKey: (key: string) => string;
  /** The order of names in the person's language. */
  compare: (name: string, other: string) => number;
  /** The roles of a person's grants, by their keys. */
  list: (grants: readonly { role: string }[]) => string;
}

/** Names and descriptions of roles, wherever one is shown. What is typed into a form stays as it is stored. */
export function useRoleWords(): RoleWords {
  const { t, i18n } = useTranslation('systemRoles');
  const separator = i18n.language.startsWith('ar') ? '، ' : ', ';
  return useMemo(() => {
    const nameOfKey = (key: string) => t(`${key}.name`, { defaultValue: key });
    return {
      name: (role) => {
        const key = shippedRoleKey(role);
        return key === undefined ? String(role.name ?? '') : t(`${key}.name`);
      },
      description: (role) => {
        const typed = String(role.description ?? '');
        const key = typed === '' ? shippedRoleKey(role) : undefined;
        return key === undefined ? typed : t(`${key}.description`);
      },
      nameOfKey,
      compare: new Intl.Collator(i18n.language).compare,
      list: (grants) => grants.map(({ role }) => nameOfKey(role).replaceAll('_', ' ')).join(separator),
    };
  }, [t, separator, i18n.language]);
}
