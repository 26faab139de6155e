import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import type { Resource } from '#shared/records/defineResource.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { valueAtPath } from '#shared/records/valueAtPath.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import type { RecordQuery } from '#renderer/data/replicaApi.ts';
import { minorToDecimal, fractionDigits } from './formValue.ts';
import type { ListField } from './listView.ts';
import classes from './RecordList.module.css';
import { createTitles } from './recordTitles.ts';
import { mostCharacters, writeCsv } from './writeCsv.ts';

/** Milliseconds between two reports, and before the first: a short export needs none. */
const reportEvery = 250;

/**
 * Saves every row that matches with the columns shown, in the order shown. Times stay ISO 8601 and numbers plain, for
 * machines. It goes on when the person leaves the list, with a notification to stop it.
 */
export function useCsvExport(
  resource: Resource,
): (fields: readonly ListField[], query: RecordQuery, count: number) => Promise<void> {
  const { t } = useTranslation('records');
  const words = useRecordWords();
  const replica = useReplica();
  const { kind } = resource;
  return async (fields, query, count) => {
    const stop = new AbortController();
    const id = `export-${kind}-${Date.now()}`;
    const titles = createTitles(replica);
    const references = fields.flatMap((field) =>
      field.hint.widget === 'reference' ? [{ kind: field.hint.kind, path: field.path }] : [],
    );
    const cell = (record: RecordEnvelope, field: ListField): string => {
      const value = valueAtPath(record, field.path);
      if (value === undefined || value === null || value === '') return '';
      if (typeof value === 'number' && field.hint.widget === 'money') {
        return minorToDecimal(value, fractionDigits(String(record.body[field.hint.currencyField] ?? '')));
      }
      if (typeof value === 'number' || typeof value === 'boolean') return String(value);
      if (field.type === 'instant') return String(value);
      if (field.hint.widget === 'reference' && typeof value === 'string') {
        return value === 'system' ? words.name(field.hint.kind, value) : titles.titleOf(field.hint.kind, value);
      }
      return words.value(kind, field.path, value, record.body);
    };
    let reportedAt = performance.now();
    let isReported = false;
    const report = (written: number) => {
      if (performance.now() - reportedAt < reportEvery || stop.signal.aborted) return;
      reportedAt = performance.now();
      const shown = {
        id,
        title: t('list.exporting', { kinds: words.kinds(kind) }),
        message: (
          <span className={classes.progress}>
            {t('bulk.progress', { done: written, total: Math.max(count, written) })}
            <Button size="compact-xs" variant="default" data-testid="export-stop" onClick={() => stop.abort()}>
              {t('bulk.stop')}
            </Button>
          </span>
        ),
        loading: true,
        autoClose: false,
        withCloseButton: false,
      };
      if (isReported) notifications.update(shown);
      else notifications.show(shown);
      isReported = true;
    };
    try {
      const outcome = await writeCsv(
        replica,
        query,
        {
          header: fields.map((field) => words.field(kind, field.path)),
          prepare: (rows) => titles.read(references, rows),
          cells: ({ record }) => fields.map((field) => cell(record, field)),
        },
        report,
        stop.signal,
      );
      notifications.hide(id);
      if (outcome.type === 'stopped') notifications.show({ message: t('list.exportStopped') });
      if (outcome.type === 'too_large') {
        const size = mostCharacters / 1024 / 1024;
        notifications.show({
          color: 'red',
          title: t('list.exportFailed'),
          message: t('list.exportTooLarge', { size }),
        });
      }
      if (outcome.type !== 'written') return;
      const { text, rows } = outcome;
      const saved = await window.steward.file.saveText({ suggestedName: `${kind}.csv`, mimeType: 'text/csv', text });
      if (saved) notifications.show({ message: t('list.exported', { count: rows, path: saved.path }) });
    } catch (error) {
      notifications.hide(id);
      const message = error instanceof Error ? error.message : String(error);
      notifications.show({ color: 'red', title: t('list.exportFailed'), message });
    }
  };
}
