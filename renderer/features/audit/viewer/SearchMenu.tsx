import { ActionIcon, Button, Group, Menu, TextInput } from '@mantine/core';
import { IconBookmark, IconDeviceFloppy, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { filtersOfQuery, queryOfFilters } from '#renderer/data/audit/auditFilters.ts';
import { useSavedSearches } from './savedSearches.ts';
import type { AuditLook } from './useAuditFilters.ts';
import classes from './Viewer.module.css';

/** The searches a person named, and a way to name this one. */
export function SearchMenu({ look }: { look: AuditLook }) {
  const { t } = useTranslation('audit');
  const { searches, save, remove } = useSavedSearches();
  const [name, setName] = useState('');
  const query = queryOfFilters(look.filters);
  const submit = () => {
    if (name.trim() === '' || query === '') return;
    save(name.trim(), query);
    setName('');
  };
  return (
    <Menu position="bottom-end" width={280}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconBookmark size={14} />} data-testid="searches">
          {t('searches.title')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={420} className={classes.menu}>
        <Menu.Label>{searches.length === 0 ? t('searches.none') : t('searches.title')}</Menu.Label>
        {searches.map((one) => (
          <Group key={one.name} gap={0} wrap="nowrap">
            <Menu.Item
              data-testid="saved-search"
              data-current={one.query === query || undefined}
              onClick={() => look.show(filtersOfQuery(one.query))}
            >
              <bdi>{one.name}</bdi>
            </Menu.Item>
            <ActionIcon
              size="sm"
              variant="subtle"
              color="gray"
              aria-label={t('searches.remove', { name: one.name })}
              onClick={() => remove(one.name)}
            >
              <IconX size={12} />
            </ActionIcon>
          </Group>
        ))}
        <Menu.Divider />
        <form
          className={classes.nameSearch}
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <TextInput
            size="xs"
            flex={1}
            aria-label={t('searches.name')}
            placeholder={query === '' ? t('searches.nothing') : t('searches.name')}
            disabled={query === ''}
            value={name}
            maxLength={60}
            data-testid="search-name"
            onKeyDown={(event) => event.stopPropagation()}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <ActionIcon
            type="submit"
            variant="default"
            aria-label={t('searches.save')}
            disabled={name.trim() === '' || query === ''}
            data-testid="search-save"
          >
            <IconDeviceFloppy size={14} />
          </ActionIcon>
        </form>
      </Menu.Dropdown>
    </Menu>
  );
}
