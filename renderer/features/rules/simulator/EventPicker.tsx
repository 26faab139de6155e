import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRecordList } from '#renderer/data/hooks/useRecordList.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { RelativeTime } from '#renderer/ui/RelativeTime.tsx';
import { VirtualList } from '#renderer/ui/VirtualList.tsx';
import classes from './Picker.module.css';

interface EventPickerProps {
  /** '' = none. */
  value: string;
  onChange: (eventId: string) => void;
  tenantId: string;
}

const shown = 200;

/** Chooses an event of the local history: the newest ones, found by their type, entity or error. */
export function EventPicker({ value, onChange, tenantId }: EventPickerProps) {
  const { t } = useTranslation('simulator');
  const words = useRecordWords();
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text, 120);
  const { rows, count, state } = useRecordList({
    kind: 'event',
    tenantId,
    search: search.replaceAll('.', ' '),
    sort: [{ path: 'body.occurredAt', descending: true }],
    limit: shown,
  });
  return (
    <div className={classes.picker}>
      <TextInput
        leftSection={<IconSearch size={14} />}
        aria-label={t('event.search')}
        placeholder={t('event.search')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {rows.length === 0 ? (
        <p className={classes.quiet}>{t(state === 'reading' ? 'reading' : 'event.noneFound')}</p>
      ) : (
        <VirtualList
          items={rows}
          keyOf={({ record }) => record.id}
          estimate={48}
          label={t('event.list')}
          current={value}
          className={classes.list}
          render={({ record }) => (
            <button
              type="button"
              className={classes.row}
              aria-pressed={record.id === value}
              onClick={() => onChange(record.id)}
              data-testid="pick-event"
            >
              <span className={classes.name} dir="ltr">
                {words.title(record)}
              </span>
              <span className={classes.line}>
                <span className={classes.tenant}>
                  {record.tenantId === '' ? t('platform') : words.name('tenant', record.tenantId)}
                </span>
                <RelativeTime instant={String(record.body['occurredAt'] ?? '')} />
              </span>
            </button>
          )}
        />
      )}
      {count > rows.length && <p className={classes.quiet}>{t('event.more', { count: count - rows.length })}</p>}
    </div>
  );
}
