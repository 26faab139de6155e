import { CloseButton, SegmentedControl, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldUse } from '#shared/domain/access/compareRights.ts';
import { permissionMatches } from '#shared/domain/access/decideAccess.ts';
import type { FieldRule } from '#shared/domain/access/principal.ts';
import list from '#renderer/ui/ListPage.module.css';
import { useAccessWords } from '../useAccessWords.ts';
import { ruledResources, fieldUseOf, withFieldUse } from './fieldRules.ts';
import classes from './Role.module.css';

interface FieldsTabProps {
  rules: readonly FieldRule[];
  permissions: readonly string[];
  /** Undefined = read only. */
  onChange: ((rules: FieldRule[]) => void) | undefined;
}

const uses = ['edit', 'read_only', 'hidden'] as const;

/** Per resource, which fields the role may edit, only read, or never gets at all. */
export function FieldsTab({ rules, permissions, onChange }: FieldsTabProps) {
  const { t } = useTranslation('access');
  const access = useAccessWords();
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState(() => rules[0]?.resource ?? 'tenants');
  const wanted = search.trim().toLowerCase();
  const fits = (resource: string, field: string) =>
    `${access.resource(resource)} ${field} ${access.field(resource, field)}`.toLowerCase().includes(wanted);
  const shown =
    wanted === ''
      ? ruledResources.filter((one) => one.resource === chosen)
      : ruledResources
          .map(({ resource, fields }) => ({ resource, fields: fields.filter((field) => fits(resource, field)) }))
          .filter(({ fields }) => fields.length > 0);
  const sees = (resource: string) => permissions.some((pattern) => permissionMatches(pattern, `${resource}.view`));
  return (
    <div className={classes.fields}>
      <nav className={classes.fieldNav} aria-label={t('fields.resources')}>
        {ruledResources.map(({ resource }) => {
          const count = rules.filter((rule) => rule.resource === resource).length;
          return (
            <button
              key={resource}
              type="button"
              aria-current={wanted === '' && resource === chosen ? 'true' : undefined}
              data-testid={`fields-of-${resource}`}
              onClick={() => {
                setSearch('');
                setChosen(resource);
              }}
            >
              <span>{access.resource(resource)}</span>
              {count > 0 && <span className={classes.badge}>{count}</span>}
            </button>
          );
        })}
      </nav>
      <div className={classes.fieldList}>
        <div className={classes.fieldHead}>
          <TextInput
            className={list.wide}
            placeholder={t('fields.search')}
            aria-label={t('fields.search')}
            leftSection={<IconSearch size={14} />}
            rightSection={
              search !== '' && <CloseButton size="xs" aria-label={t('clear')} onClick={() => setSearch('')} />
            }
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
          <p>{t('fields.text')}</p>
        </div>
        {shown.length === 0 && <p className={classes.quiet}>{t('matrix.nothing')}</p>}
        {shown.map(({ resource, fields }) => (
          <section key={resource} aria-label={access.resource(resource)}>
            <h2>
              {access.resource(resource)}
              {!sees(resource) && <span>{t('fields.unseen')}</span>}
            </h2>
            {fields.map((field) => {
              const use = fieldUseOf(rules, resource, field);
              return (
                <div key={field} className={classes.fieldRow} data-use={use}>
                  <span className={classes.fieldName}>
                    {access.field(resource, field)}
                    <code dir="ltr">{field}</code>
                  </span>
                  <SegmentedControl
                    size="xs"
                    readOnly={onChange === undefined}
                    aria-label={access.field(resource, field)}
                    data={uses.map((value) => ({ value, label: t(`fields.use.${value}`) }))}
                    value={use}
                    data-testid={`field-${resource}-${field}`}
                    onChange={(value) => {
                      const next = uses.find((one): one is FieldUse => one === value);
                      if (next) onChange?.(withFieldUse(rules, resource, field, next));
                    }}
                  />
                </div>
              );
            })}
          </section>
        ))}
      </div>
    </div>
  );
}
