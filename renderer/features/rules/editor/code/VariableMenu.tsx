import { ActionIcon, Combobox, Tooltip, useCombobox } from '@mantine/core';
import { IconBraces } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Inputs.module.css';
import type { ScopeVariable } from './scopeVariables.ts';

interface VariableMenuProps {
  variables: readonly ScopeVariable[];
  label: string;
  onChoose: (path: string) => void;
}

/** Options shown at once; whoever misses one types more of it. */
const most = 80;

/** Every variable to choose from, found by its name or by what it means. */
export function VariableMenu({ variables, label, onChoose }: VariableMenuProps) {
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
  return (
    <Combobox
      store={combobox}
      width={340}
      position="bottom-end"
      shadow="md"
      onOptionSubmit={(path) => {
        onChoose(path);
        combobox.closeDropdown();
      }}
    >
      <Combobox.Target withAriaAttributes={false}>
        <Tooltip label={t('code.insert')}>
          <ActionIcon size="xs" aria-label={label} aria-haspopup="listbox" onClick={() => combobox.toggleDropdown()}>
            <IconBraces size={14} />
          </ActionIcon>
        </Tooltip>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          placeholder={t('code.searchVariable')}
          aria-label={t('code.searchVariable')}
        />
        <Combobox.Options mah={260} style={{ overflowY: 'auto' }} tabIndex={0} aria-label={label}>
          {found.slice(0, most).map(({ path, type, description }) => (
            <Combobox.Option key={path} value={path}>
              <span className={classes.variable}>
                <bdi className={classes.code}>{path}</bdi>
                <span className={classes.quiet}>
                  {[t(`fieldType.${type}`), description].filter(Boolean).join(' · ')}
                </span>
              </span>
            </Combobox.Option>
          ))}
          {found.length === 0 && <Combobox.Empty>{t('code.noVariable')}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
