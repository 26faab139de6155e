import { Combobox, Input, InputBase, useCombobox } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScopeVariable } from '../code/scopeVariables.ts';
import classes from './Conditions.module.css';

interface FieldSelectProps {
  variables: readonly ScopeVariable[];
  /** A path of the scope, '' for none yet. */
  value: string;
  onChange: (path: string) => void;
  label: string;
  invalid?: boolean;
  testId?: string;
}

/** Options shown at once of one group. */
const most = 60;

/** Chooses a field by its path or its name; any other path can be typed. */
export function FieldSelect({ variables, value, onChange, label, invalid, testId }: FieldSelectProps) {
  const { t } = useTranslation('rules');
  const [search, setSearch] = useState('');
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      setSearch('');
    },
    onDropdownOpen: () => combobox.focusSearchInput(),
  });
  const { selectFirstOption } = combobox;
  // Enter takes the first that fits what was typed.
  useEffect(() => {
    if (search !== '') selectFirstOption();
  }, [search, selectFirstOption]);
  const wanted = search.trim().toLocaleLowerCase();
  const found = variables.filter(({ path, description }) =>
    `${path} ${description}`.toLocaleLowerCase().includes(wanted),
  );
  const groups = [...new Set(found.map(({ path }) => path.split('.')[0] ?? ''))];
  const own = search.trim();
  const chosen = variables.find((variable) => variable.path === value);
  return (
    <Combobox
      store={combobox}
      width={320}
      position="bottom-start"
      shadow="md"
      onOptionSubmit={(path) => {
        onChange(path);
        combobox.closeDropdown();
      }}
    >
      <Combobox.Target targetType="button">
        <InputBase
          component="button"
          type="button"
          size="xs"
          pointer
          rightSection={<Combobox.Chevron />}
          rightSectionPointerEvents="none"
          onClick={() => combobox.toggleDropdown()}
          aria-label={value === '' ? label : `${label}: ${value}`}
          error={invalid === true}
          className={classes.fieldSelect}
          data-testid={testId}
        >
          {value === '' ? (
            <Input.Placeholder>{t('conditions.chooseField')}</Input.Placeholder>
          ) : (
            <span
              className={classes.fieldValue}
              title={chosen?.description ? `${value} · ${chosen.description}` : value}
            >
              <bdi>{shortPath(value)}</bdi>
            </span>
          )}
        </InputBase>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          placeholder={t('code.searchVariable')}
          aria-label={t('code.searchVariable')}
        />
        <Combobox.Options mah={280} style={{ overflowY: 'auto' }} tabIndex={0} aria-label={label}>
          {groups.map((group) => (
            <Combobox.Group key={group} label={t(`scope.${group}`)}>
              {found
                .filter(({ path }) => path === group || path.startsWith(`${group}.`))
                .slice(0, most)
                .map(({ path, type, description }) => (
                  <Combobox.Option key={path} value={path} active={path === value}>
                    <span className={classes.option}>
                      <bdi className={classes.path}>{path}</bdi>
                      <span className={classes.quiet}>
                        {[t(`fieldType.${type}`), description].filter((part) => part !== '').join(' · ')}
                      </span>
                    </span>
                  </Combobox.Option>
                ))}
            </Combobox.Group>
          ))}
          {own !== '' && !found.some(({ path }) => path === own) && (
            <Combobox.Option value={own}>{t('conditions.useTyped', { path: own })}</Combobox.Option>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

/** What tells fields apart: `event.data.` and `.body.` go without saying. */
export function shortPath(path: string): string {
  return path.replace(/^event\.data\./, '').replace(/^(record|before|tenant)\.body\./, '$1.');
}
