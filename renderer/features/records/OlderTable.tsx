import { Button, Loader } from '@mantine/core';
import { IconCloud, IconCloudOff, IconMoodEmpty } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Resource } from '#shared/records/defineResource.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { valueAtPath } from '#shared/records/valueAtPath.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import { CellValue } from './CellValue.tsx';
import classes from './Older.module.css';
import type { ListField } from './listView.ts';
import type { OlderRecordsRead } from './useOlderRecords.ts';

/** Columns that fit beside each other in the drawer. */
const mostColumns = 6;

interface OlderTableProps {
  resource: Resource;
  fields: readonly ListField[];
  older: OlderRecordsRead;
  onOpen: (record: RecordEnvelope) => void;
}

/** What was read so far, newest first, and the way to read on. */
export function OlderTable({ resource, fields, older, onOpen }: OlderTableProps) {
  const { t } = useTranslation('records');
  const words = useRecordWords();
  const { rows, state } = older;
  const shown = useMemo(() => fields.slice(0, mostColumns), [fields]);
  const widths = shown.map(({ path }) => resource.list.columns.find((one) => one.path === path)?.width ?? 140);
  const whole = widths.reduce((sum, width) => sum + width, 0);
  if (rows.length === 0) return <NoOlder older={older} />;
  return (
    <>
      <table className={classes.table} aria-label={words.kinds(resource.kind)} data-testid="older-table">
        <colgroup>
          {shown.map((field, index) => (
            <col key={field.path} style={{ inlineSize: `${((widths[index] ?? 140) / whole) * 100}%` }} />
          ))}
          <col style={{ inlineSize: 32 }} />
        </colgroup>
        <thead>
          <tr>
            {shown.map((field) => (
              <th key={field.path} scope="col" data-align={alignOf(field)}>
                {words.field(resource.kind, field.path)}
              </th>
            ))}
            <th aria-label={t('older.place')} />
          </tr>
        </thead>
        <tbody>
          {rows.map((record) => (
            <tr key={record.id} onClick={() => onOpen(record)}>
              {shown.map((field, index) => {
                const cell = <CellValue record={record} field={field} words={words} platform={t('platform')} />;
                const value = field.type === 'reference' ? <span dir="auto">{cell}</span> : cell;
                const isBlank = (valueAtPath(record, field.path) ?? '') === '';
                return (
                  <td key={field.path} data-align={alignOf(field)}>
                    {index === 0 ? (
                      <button
                        type="button"
                        className={classes.open}
                        data-record={record.id}
                        data-testid={`older-${record.id}`}
                      >
                        {isBlank ? words.title(record) : value}
                      </button>
                    ) : (
                      value
                    )}
                  </td>
                );
              })}
              <td className={classes.mark} title={t('older.notKept')}>
                <IconCloud size={14} role="img" aria-label={t('older.notKept')} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className={classes.end}>
        {state === 'failed' && (
          <span className={classes.problem} role="alert">
            <ProblemText older={older} />
          </span>
        )}
        {older.next === undefined && state === 'ready' ? (
          <span data-testid="older-end">{t('older.end', { count: rows.length })}</span>
        ) : (
          <Button variant="default" loading={state === 'reading'} data-testid="older-more" onClick={older.more}>
            {t(state === 'failed' ? 'older.again' : 'older.more')}
          </Button>
        )}
      </div>
    </>
  );
}

function alignOf(field: ListField): 'end' | undefined {
  return field.type === 'number' || field.type === 'money' ? 'end' : undefined;
}

function ProblemText({ older }: { older: OlderRecordsRead }) {
  const { t } = useTranslation('records');
  const problemText = useProblemText();
  return older.problem?.code === 'unavailable' ? t('older.unreachable') : older.problem && problemText(older.problem);
}

function NoOlder({ older }: { older: OlderRecordsRead }) {
  const { t } = useTranslation('records');
  const problemText = useProblemText();
  switch (older.state) {
    case 'reading':
      return <EmptyState icon={<Loader size={24} />} title={t('older.reading')} />;
    case 'ready':
      return (
        <EmptyState icon={<IconMoodEmpty size={32} />} title={t('older.noneTitle')} description={t('older.noneText')} />
      );
    case 'failed':
      return (
        <EmptyState
          icon={<IconCloudOff size={32} />}
          title={t('older.failedTitle')}
          description={
            older.problem?.code === 'unavailable' ? t('older.unreachable') : older.problem && problemText(older.problem)
          }
          action={
            <Button size="xs" variant="default" onClick={older.more}>
              {t('older.again')}
            </Button>
          }
        />
      );
  }
}
