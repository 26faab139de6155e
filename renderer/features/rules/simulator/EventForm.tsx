import { Alert, SegmentedControl, TextInput, Textarea } from '@mantine/core';
import { DateTimePicker } from '@mantine/dates';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useToldText } from '#renderer/ui/problems/useProblemText.ts';
import { isJsonObject } from '#shared/kernel/json.ts';
import { schemaFields } from '#shared/domain/automation/events/schemaFields.ts';
import type { TestEvent } from '#shared/resources/automation/ruleTest.ts';
import { ChooseRecord } from './ChooseRecord.tsx';
import { EventDataForm } from './EventDataForm.tsx';
import { EventTypePicker } from './EventTypePicker.tsx';
import classes from './Setup.module.css';
import { eventFault } from './eventFault.ts';
import { useCalendarWords } from './useCalendarWords.ts';
import { useEventType } from './useEventType.ts';

interface EventFormProps {
  event: TestEvent;
  onChange: (event: TestEvent) => void;
}

/** An event made by hand: its type from the catalogue, its data as a form or as JSON, checked against the type's schema. */
export function EventForm({ event, onChange }: EventFormProps) {
  const { t } = useTranslation('simulator');
  const toldText = useToldText();
  const calendar = useCalendarWords();
  const [view, setView] = useState<'form' | 'json'>('form');
  const [json, setJson] = useState<string>();
  const type = useEventType(event.module, event.code);
  const fields = useMemo(() => (type ? schemaFields(type.body.dataSchema) : []), [type]);
  const fault = eventFault(event, type);
  const name = event.code === '' ? '' : `${event.module}.${event.code}`;
  const typed = json === undefined ? undefined : parsed(json);
  const change = (part: Partial<TestEvent>) => onChange({ ...event, ...part });
  return (
    <>
      <EventTypePicker
        value={name}
        onChange={(chosen, sample) => {
          setJson(undefined);
          onChange({ ...event, ...chosen, ...(sample ? { ...sample, occurredAt: event.occurredAt } : { data: {} }) });
        }}
      />
      {name !== '' && (
        <>
          <ChooseRecord
            kind="tenant"
            label={t('source.tenant')}
            placeholder={t('platform')}
            value={event.tenantId}
            onChange={(tenantId) => change({ tenantId })}
          />
          <div className={classes.pair}>
            <TextInput
              label={t('event.entityType')}
              value={event.entityType}
              onChange={({ currentTarget }) => change({ entityType: currentTarget.value.trim() })}
              dir="ltr"
            />
            <TextInput
              label={t('event.entityId')}
              value={event.entityId}
              onChange={({ currentTarget }) => change({ entityId: currentTarget.value.trim() })}
              dir="ltr"
            />
          </div>
          <DateTimePicker
            {...calendar}
            label={t('event.occurredAt')}
            placeholder={t('event.now')}
            valueFormat="D MMM YYYY HH:mm"
            clearable
            value={event.occurredAt === '' ? null : new Date(event.occurredAt)}
            onChange={(chosen) => change({ occurredAt: chosen === null ? '' : new Date(chosen).toISOString() })}
            submitButtonProps={{ 'aria-label': t('calendar.done') }}
          />
          <div className={classes.dataHead}>
            <span className={classes.label}>{t('event.data')}</span>
            <SegmentedControl
              size="xs"
              value={view}
              onChange={(chosen) => {
                setView(chosen === 'json' ? 'json' : 'form');
                setJson(undefined);
              }}
              data={[
                { value: 'form', label: t('event.form') },
                { value: 'json', label: t('event.json') },
              ]}
              aria-label={t('event.view')}
            />
          </div>
          {view === 'form' ? (
            <EventDataForm
              fields={fields}
              data={event.data}
              onChange={(data) => change({ data })}
              fault={fault?.path.startsWith('data.') ? { ...fault, path: fault.path.slice('data.'.length) } : undefined}
            />
          ) : (
            <Textarea
              aria-label={t('event.data')}
              value={json ?? JSON.stringify(event.data, null, 2)}
              onChange={({ currentTarget }) => {
                setJson(currentTarget.value);
                const data = parsed(currentTarget.value);
                if (data) change({ data });
              }}
              error={json !== undefined && !typed ? t('event.notJson') : undefined}
              dir="ltr"
              autosize
              minRows={6}
              maxRows={16}
              spellCheck={false}
              classNames={{ input: classes.code }}
              data-testid="event-json"
            />
          )}
          {fault && (
            <Alert color="orange" p="xs" className={classes.alert}>
              {t('event.fault', { path: `\u2068${fault.path}\u2069`, message: toldText(fault.message) })}
            </Alert>
          )}
        </>
      )}
    </>
  );
}

function parsed(text: string) {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
