import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { permissionCatalogue } from '#shared/domain/access/permissionCatalogue.ts';

export interface AccessWords {
  /** `tenants`: "Tenants". */
  resource: (resource: string) => string;
  verb: (verb: string) => string;
  /** What the verb lets one do, in a sentence. */
  verbHelp: (verb: string) => string;
  /** `tenants.view`, `tenants.*`, `*`: "Tenants: view". */
  permission: (permission: string) => string;
  /** Why a permission is flagged as dangerous. */
  danger: (permission: string) => string;
  /** A top-level body field of a resource; two kinds of one resource may both have it. */
  field: (resource: string, field: string) => string;
  area: (area: string) => string;
}

/** Permissions, resources and fields in the words of the person's language; what has no words is shown by its key. */
export function useAccessWords(): AccessWords {
  const { t } = useTranslation('access');
  const words = useRecordWords();
  return useMemo(() => {
    const known = (key: string, fallback: string) => t(key, { defaultValue: fallback });
    const resource = (name: string) => known(`resource.${name}`, name);
    const verb = (name: string) => known(`verb.${name}`, name);
    return {
      resource,
      verb,
      verbHelp: (name) => known(`verbHelp.${name}`, name),
      permission: (permission) => {
        if (permission === '*') return t('everything');
        const [of = '', act = ''] = permission.split('.');
        return t('permission', { resource: resource(of), verb: act === '*' ? t('everyVerb') : verb(act) });
      },
      danger: (permission) => known(`danger.${permission.replace('.', '_')}`, t('danger.other')),
      field: (of, field) => {
        const kinds = permissionCatalogue.find((entry) => entry.resource === of)?.fields ?? [];
        const kind = kinds.find((one) => one.name === field)?.kind;
        return kind === undefined ? field : words.field(kind, `body.${field}`);
      },
      area: (name) => t(`area.${name}`),
    };
  }, [t, words]);
}
