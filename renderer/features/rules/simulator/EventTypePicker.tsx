import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TestEvent } from '#shared/resources/automation/ruleTest.ts';
import { event as eventResource } from '#shared/resources/events/event.ts';
import { useRecordList } from '#renderer/data/hooks/useRecordList.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { testEventOf } from './eventDraft.ts';

interface EventTypePickerProps {
  /** `module.code`, '' for none. */
  value: string;
  /** `sample` = the newest event of the type that is here, to begin with. */
  onChange: (type: Pick<TestEvent, 'module' | 'code'>, sample: TestEvent | undefined) => void;
}

/** Chooses a type of the event catalogue; the newest event of the type fills the form. */
export function EventTypePicker({ value, onChange }: EventTypePickerProps) {
  const { t } = useTranslation('simulator');
  const replica = useReplica();
  const { rows } = useRecordList({
    kind: 'eventType',
    sort: [
      { path: 'body.module', descending: false },
      { path: 'body.code', descending: false },
    ],
  });
  const groups = new Map<string, string[]>();
  for (const { record } of rows) {
    const module = String(record.body['module']);
    groups.set(module, [...(groups.get(module) ?? []), `${module}.${String(record.body['code'])}`]);
  }
  const choose = async (name: string) => {
    const dot = name.indexOf('.');
    const type = { module: name.slice(0, dot), code: name.slice(dot + 1) };
    let sample: TestEvent | undefined;
    const found = new AbortController();
    await replica.readRows(
      {
        kind: 'event',
        filters: [
          { path: 'body.module', operator: 'is', value: type.module },
          { path: 'body.code', operator: 'is', value: type.code },
        ],
        sort: [{ path: 'body.occurredAt', descending: true }],
      },
      ([newest]) => {
        found.abort();
        const body = eventResource.body.safeParse(newest?.record.body);
        if (newest && body.success) sample = testEventOf({ tenantId: newest.record.tenantId, body: body.data });
      },
      found.signal,
    );
    onChange(type, sample);
  };
  return (
    <Select
      label={t('event.type')}
      placeholder={t('event.chooseType')}
      description={t('event.typeHelp')}
      data={[...groups].map(([group, items]) => ({ group, items }))}
      value={value === '' ? null : value}
      onChange={(name) => name && void choose(name)}
      searchable
      nothingFoundMessage={t('noneFound')}
      limit={200}
      data-testid="event-type"
    />
  );
}
