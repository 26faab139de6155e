import { ActionIcon, Button, Group, Menu, TextInput } from '@mantine/core';
import { IconBookmark, IconDeviceFloppy, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Resource } from '#shared/records/defineResource.ts';
import { usePrincipal } from '#renderer/data/hooks/usePrincipal.ts';
import type { RecordQuery } from '#renderer/data/replicaApi.ts';
import { QueryPlanDialog } from './QueryPlanDialog.tsx';
import classes from './RecordList.module.css';
import { defaultView, readView } from './listView.ts';
import type { ListView } from './listView.ts';
import { useNamedViews } from './listViewStore.ts';

interface ViewMenuProps {
  resource: Resource;
  view: ListView;
  /** What the list shows. */
  query: RecordQuery;
  onChange: (view: ListView) => void;
}

const week = 7 * 24 * 60 * 60 * 1000;

/** Ways to look at a list: some that every list has, and those a person named. */
export function ViewMenu({ resource, view, query, onChange }: ViewMenuProps) {
  const { t } = useTranslation('records');
  const { named, keep } = useNamedViews(resource.kind);
  const principal = usePrincipal();
  const [name, setName] = useState('');
  const [isExplained, setExplained] = useState(false);
  const standard = defaultView(resource);
  const save = () => {
    if (name.trim() === '') return;
    keep([...named.filter((one) => one.name !== name.trim()), { name: name.trim(), view }]);
    setName('');
  };
  return (
    <>
      <Menu position="bottom-start" width={260}>
        <Menu.Target>
          <Button size="xs" variant="subtle" color="gray" leftSection={<IconBookmark size={14} />} data-testid="views">
            {t('views.title')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={420} className={classes.menu}>
          <Menu.Item onClick={() => onChange(standard)}>{t('views.standard')}</Menu.Item>
          <Menu.Item
            onClick={() =>
              onChange({ ...standard, filters: [{ path: 'assignedTo', operator: 'is', value: principal?.id ?? '' }] })
            }
          >
            {t('views.mine')}
          </Menu.Item>
          <Menu.Item
            onClick={() =>
              onChange({
                ...standard,
                filters: [{ path: 'updatedAt', operator: 'greater', value: new Date(Date.now() - week).toISOString() }],
                sort: [{ path: 'updatedAt', descending: true }],
              })
            }
          >
            {t('views.recent')}
          </Menu.Item>
          {named.length > 0 && <Menu.Divider />}
          {named.map((one) => (
            <Group key={one.name} gap={0} wrap="nowrap">
              <Menu.Item onClick={() => onChange(readView(resource, one.view))}>{one.name}</Menu.Item>
              <ActionIcon
                size="sm"
                variant="subtle"
                color="gray"
                aria-label={t('views.remove', { name: one.name })}
                onClick={() => keep(named.filter((other) => other.name !== one.name))}
              >
                <IconX size={12} />
              </ActionIcon>
            </Group>
          ))}
          <Menu.Divider />
          <form
            className={classes.nameView}
            onSubmit={(event) => {
              event.preventDefault();
              save();
            }}
          >
            <TextInput
              size="xs"
              flex={1}
              aria-label={t('views.name')}
              placeholder={t('views.name')}
              value={name}
              maxLength={60}
              onKeyDown={(event) => event.stopPropagation()}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <ActionIcon type="submit" variant="default" aria-label={t('views.save')} disabled={name.trim() === ''}>
              <IconDeviceFloppy size={14} />
            </ActionIcon>
          </form>
          <Menu.Divider />
          <Menu.Label>{t('plan.developers')}</Menu.Label>
          <Menu.Item data-testid="explain" onClick={() => setExplained(true)}>
            {t('plan.title')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isExplained && <QueryPlanDialog query={query} onClose={() => setExplained(false)} />}
    </>
  );
}
