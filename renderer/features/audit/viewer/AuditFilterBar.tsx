import { Button, MultiSelect, Popover, Select, Stack, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconCalendar, IconFilter, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { resources } from '#shared/resources/registry.ts';
import { actionGroups } from '#renderer/data/audit/actionGroups.ts';
import type { ActionGroup } from '#renderer/data/audit/actionGroups.ts';
import { useEntryWords } from '#renderer/data/audit/useEntryWords.ts';
import { useRecordChoices } from '#renderer/data/hooks/useRecordChoices.ts';
import { useRecordGroups } from '#renderer/data/hooks/useRecordGroups.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { periods } from '#renderer/data/list/period.ts';
import type { Period } from '#renderer/data/list/period.ts';
import { InstantInput } from '#renderer/ui/InstantInput.tsx';
import list from '#renderer/ui/ListPage.module.css';
import type { AuditLook } from './useAuditFilters.ts';
import classes from './Viewer.module.css';

/** Milliseconds without a key before a text is searched. */
const typingPause = 200;
const groups = Object.keys(actionGroups) as ActionGroup[];
const kinds: ReadonlySet<string> = new Set(resources.map(({ kind }) => kind));

/** Narrows the log. */
export function AuditFilterBar({ look }: { look: AuditLook }) {
  const { t } = useTranslation('audit');
  const words = useRecordWords();
  const { filters, narrow } = look;
  const people = useRecordChoices('staff', filters.actorId);
  return (
    <div className={list.toolbar} role="search" aria-label={t('filters.label')}>
      <TypedText
        className={list.search}
        type="search"
        label={t('filters.search')}
        icon
        value={filters.text}
        testId="audit-search"
        onChange={(text) => narrow({ text })}
      />
      <Select
        className={list.choice}
        aria-label={words.field('auditEntry', 'body.actorName')}
        placeholder={words.field('auditEntry', 'body.actorName')}
        searchable
        clearable
        {...people}
        value={filters.actorId || null}
        data-testid="audit-actor"
        onChange={(value) => narrow({ actorId: value ?? '' })}
      />
      <MultiSelect
        className={classes.actions}
        aria-label={words.field('auditEntry', 'body.action')}
        placeholder={filters.actions.length === 0 ? words.field('auditEntry', 'body.action') : undefined}
        data={groups.map((group) => ({
          group: t(`group.${group}`),
          items: actionGroups[group].map((value) => ({
            value,
            label: words.value('auditEntry', 'body.action', value),
          })),
        }))}
        value={[...filters.actions]}
        searchable
        clearable
        maxDropdownHeight={360}
        data-testid="audit-action"
        onChange={(actions) => narrow({ actions })}
      />
      <ResourceSelect look={look} />
      <PeriodSelect look={look} />
      <MoreFilters look={look} />
    </div>
  );
}

function ResourceSelect({ look: { filters, narrow } }: { look: AuditLook }) {
  const words = useRecordWords();
  const entries = useEntryWords();
  const found = useRecordGroups({ kind: 'auditEntry' }, [{ path: 'body.resource' }]);
  const names = new Set([...(found ?? []).map(({ values }) => String(values[0] ?? '')), ...filters.resources]);
  const data = [...names]
    .filter((name) => name !== '')
    .map((value) => ({ value, label: entries.resource(value) }))
    .sort((left, right) => left.label.localeCompare(right.label));
  return (
    <MultiSelect
      className={classes.actions}
      aria-label={words.field('auditEntry', 'body.resource')}
      placeholder={filters.resources.length === 0 ? words.field('auditEntry', 'body.resource') : undefined}
      data={data.length > 0 ? data : [...kinds].map((value) => ({ value, label: entries.resource(value) }))}
      value={[...filters.resources]}
      searchable
      clearable
      maxDropdownHeight={360}
      data-testid="audit-resource"
      onChange={(chosen) => narrow({ resources: chosen })}
    />
  );
}

function PeriodSelect({ look: { filters, narrow } }: { look: AuditLook }) {
  const { t } = useTranslation('audit');
  const [opened, setOpened] = useState(false);
  const isChosen = filters.from !== '' || filters.until !== '';
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={300} trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="default"
          fw={400}
          leftSection={<IconCalendar size={14} />}
          data-testid="audit-period"
          onClick={() => setOpened(!opened)}
        >
          {isChosen ? t('period.chosen') : t(`period.${filters.period || 'any'}`)}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          <div className={classes.presets}>
            {(['', ...periods] as ('' | Period)[]).map((period) => (
              <Button
                key={period}
                size="compact-sm"
                variant={!isChosen && filters.period === period ? 'filled' : 'default'}
                data-testid={`period-${period || 'any'}`}
                onClick={() => {
                  narrow({ period, from: '', until: '' });
                  setOpened(false);
                }}
              >
                {t(`period.${period || 'any'}`)}
              </Button>
            ))}
          </div>
          <InstantInput
            withTime
            label={t('period.from')}
            value={filters.from}
            onChange={(from) => narrow({ from, period: '' })}
          />
          <InstantInput
            withTime
            label={t('period.until')}
            value={filters.until}
            onChange={(until) => narrow({ until, period: '' })}
          />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function MoreFilters({ look: { filters, narrow } }: { look: AuditLook }) {
  const { t } = useTranslation('audit');
  const words = useRecordWords();
  const tenants = useRecordChoices('tenant', filters.tenantId);
  return (
    <Popover position="bottom-end" width={300} trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" fw={400} leftSection={<IconFilter size={14} />} data-testid="audit-more">
          {t('filters.more')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          <Select
            label={words.kind('tenant')}
            comboboxProps={{ withinPortal: false }}
            searchable
            clearable
            {...tenants}
            value={filters.tenantId || null}
            data-testid="audit-tenant"
            onChange={(value) => narrow({ tenantId: value ?? '' })}
          />
          <TypedText
            label={t('filters.address')}
            description={t('filters.addressText')}
            value={filters.address}
            testId="audit-address"
            onChange={(address) => narrow({ address })}
          />
          <TypedText
            label={t('filters.session')}
            value={filters.session}
            testId="audit-session"
            onChange={(session) => narrow({ session: session.trim() })}
          />
          <TypedText
            label={t('filters.request')}
            value={filters.requestId}
            testId="audit-request"
            onChange={(requestId) => narrow({ requestId: requestId.trim() })}
          />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

interface TypedTextProps {
  label: string;
  description?: string;
  icon?: boolean;
  type?: string;
  className?: string | undefined;
  value: string;
  testId: string;
  onChange: (text: string) => void;
}

/** What is typed is seen at once and asked for after a pause; what changes elsewhere is taken over. */
function TypedText({ label, description, icon, type, className, value, testId, onChange }: TypedTextProps) {
  const [typed, setTyped] = useState({ text: value, told: value, from: value });
  // What comes back is what was told here, unless it was changed elsewhere.
  if (typed.from !== value) setTyped({ ...typed, from: value, ...(value === typed.told ? {} : { text: value }) });
  const tell = useDebouncedCallback((text: string) => {
    setTyped((now) => ({ ...now, told: text }));
    onChange(text);
  }, typingPause);
  return (
    <TextInput
      className={className}
      type={type}
      {...(icon ? { 'aria-label': label, placeholder: label } : { label, description })}
      leftSection={icon ? <IconSearch size={14} /> : undefined}
      value={typed.text}
      maxLength={200}
      data-testid={testId}
      onChange={(event) => {
        setTyped({ ...typed, text: event.currentTarget.value });
        tell(event.currentTarget.value);
      }}
    />
  );
}
