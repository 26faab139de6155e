import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import type { Resource } from '#shared/records/defineResource.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import type { ReplicaRecord } from '#renderer/data/replicaApi.ts';
import { csvText } from './csvRows.ts';
import { minorToDecimal, fractionDigits } from './formValue.ts';
import type { ListField } from './listView.ts';
import { valueAtPath } from '#shared/records/valueAtPath.ts';

/** Saves the rows with the columns shown, in the order shown. Times stay ISO 8601 and numbers plain, for machines. */
export function useCsvExport(
  resource: Resource,
): (fields: readonly ListField[], rows: readonly ReplicaRecord[]) => Promise<void> {
  const { t } = useTranslation('records');
  const words = useRecordWords();
  const { kind } = resource;
  const cell = (record: RecordEnvelope, field: ListField): string => {
    const value = valueAtPath(record, field.path);
    if (value === undefined || value === null) return '';
    if (typeof value === 'number' && field.hint.widget === 'money') {
      return minorToDecimal(value, fractionDigits(String(record.body[field.hint.currencyField] ?? '')));
    }
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    if (field.type === 'instant') return String(value);
    if (field.hint.widget === 'reference' && typeof value === 'string') return words.name(field.hint.kind, value);
    return words.value(kind, field.path, value, record.body);
  };
  return async (fields, rows) => {
    const header = fields.map((field) => words.field(kind, field.path));
    const text = csvText(
      header,
      rows.map(({ record }) => fields.map((field) => cell(record, field))),
    );
    try {
      const saved = await window.steward.file.saveText({ suggestedName: `${kind}.csv`, mimeType: 'text/csv', text });
      if (saved) notifications.show({ message: t('list.exported', { count: rows.length, path: saved.path }) });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      notifications.show({ color: 'red', title: t('list.exportFailed'), message });
    }
  };
}
