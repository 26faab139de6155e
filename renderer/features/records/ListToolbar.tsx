import { Button, Menu, Text, TextInput } from '@mantine/core';
import { IconColumns3, IconDownload, IconFilterPlus, IconPlus, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Resource } from '#shared/records/defineResource.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import type { ListFilter, RecordQuery } from '#renderer/data/replicaApi.ts';
import { FilterChip } from './FilterChip.tsx';
import classes from './RecordList.module.css';
import { ViewMenu } from './ViewMenu.tsx';
import { defaultView, operatorsOf } from './listView.ts';
import type { ListField, ListView } from './listView.ts';

interface ListToolbarProps {
  resource: Resource;
  fields: readonly ListField[];
  view: ListView;
  onChange: (part: Partial<ListView>) => void;
  /** What the list shows. */
  query: RecordQuery;
  /** Leads to a place of the list, where it has such. */
  jump: ReactNode;
  mayCreate: boolean;
  onExport: () => void;
}

/** Search, views, filters, columns and export of a list. */
export function ListToolbar(props: ListToolbarProps) {
  const { resource, fields, view, onChange, query, jump, mayCreate, onExport } = props;
  const { t } = useTranslation('records');
  const words = useRecordWords();
  const [opened, setOpened] = useState(-1);
  const { kind } = resource;
  const filters: readonly ListFilter[] = view.filters;
  const setFilter = (index: number, filter: ListFilter) => onChange({ filters: filters.with(index, filter) });
  const add = (field: ListField) => {
    const operator = operatorsOf(field.type)[0] ?? 'is';
    const value = operator === 'in' ? [] : field.type === 'boolean' ? true : '';
    onChange({ filters: [...filters, { path: field.path, operator, value }] });
    setOpened(filters.length);
  };
  return (
    <div className={classes.toolbar} role="toolbar" aria-label={words.kinds(kind)}>
      <TextInput
        className={classes.search}
        size="xs"
        type="search"
        aria-label={t('list.search')}
        placeholder={t('list.search')}
        leftSection={<IconSearch size={14} />}
        value={view.search}
        data-testid="list-search"
        onChange={(event) => onChange({ search: event.currentTarget.value })}
      />
      <ViewMenu resource={resource} view={view} query={query} onChange={onChange} />
      {filters.map((filter, index) => {
        const field = fields.find((one) => one.path === filter.path);
        return (
          field && (
            <FilterChip
              // Two filters may name one path; their place tells them apart.
              key={`${filter.path}-${String(index)}`}
              kind={kind}
              field={field}
              filter={filter}
              opened={opened === index}
              onOpened={(open) => setOpened(open ? index : -1)}
              onChange={(next) => setFilter(index, next)}
              onRemove={() => {
                setOpened(-1);
                onChange({ filters: filters.filter((_, at) => at !== index) });
              }}
            />
          )
        );
      })}
      <FieldMenu
        icon={<IconFilterPlus size={14} />}
        label={t('list.addFilter')}
        testId="add-filter"
        fields={fields}
        nameOf={(field) => words.field(kind, field.path)}
        onPick={add}
      />
      {jump}
      <span className={classes.end}>
        <Menu closeOnItemClick={false} position="bottom-end">
          <Menu.Target>
            <Button size="xs" variant="subtle" color="gray" leftSection={<IconColumns3 size={14} />}>
              {t('list.columns')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown mah={400} className={classes.menu}>
            {fields.map((field) => (
              <Menu.CheckboxItem
                key={field.path}
                value={field.path}
                checked={view.columns.includes(field.path)}
                onChange={(checked: boolean) =>
                  onChange({ columns: withColumn(fields, view.columns, field.path, checked) })
                }
              >
                {words.field(kind, field.path)}
              </Menu.CheckboxItem>
            ))}
            <Menu.Divider />
            <Menu.Item onClick={() => onChange({ columns: defaultView(resource).columns })}>
              {t('list.resetColumns')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          leftSection={<IconDownload size={14} />}
          data-testid="export"
          onClick={onExport}
        >
          {t('list.export')}
        </Button>
        {mayCreate && (
          <Button
            component={Link}
            href={`/records/${kind}/new`}
            size="xs"
            leftSection={<IconPlus size={14} />}
            data-testid="new-record"
          >
            {t('list.new')}
          </Button>
        )}
      </span>
    </div>
  );
}

/** The columns with one more or one less, in the order of the fields; the last one stays. */
function withColumn(fields: readonly ListField[], columns: readonly string[], path: string, shown: boolean): string[] {
  if (shown) return fields.map((field) => field.path).filter((one) => one === path || columns.includes(one));
  const left = columns.filter((one) => one !== path);
  return left.length > 0 ? left : [...columns];
}

interface FieldMenuProps {
  icon: ReactNode;
  label: string;
  testId: string;
  fields: readonly ListField[];
  nameOf: (field: ListField) => string;
  onPick: (field: ListField) => void;
}

function FieldMenu({ icon, label, testId, fields, nameOf, onPick }: FieldMenuProps) {
  const { t } = useTranslation('records');
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const found = fields.filter((field) => nameOf(field).toLowerCase().includes(wanted));
  return (
    <Menu position="bottom-start" onClose={() => setText('')}>
      <Menu.Target>
        <Button size="xs" variant="subtle" color="gray" leftSection={icon} data-testid={testId}>
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={400} className={classes.menu}>
        <TextInput
          size="xs"
          m={4}
          aria-label={t('list.findField')}
          placeholder={t('list.findField')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {found.map((field) => (
          <Menu.Item key={field.path} data-testid={`add-filter-${field.path}`} onClick={() => onPick(field)}>
            {nameOf(field)}
          </Menu.Item>
        ))}
        {found.length === 0 && (
          <Text size="xs" p={8} c="dimmed">
            {t('noneFound')}
          </Text>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
