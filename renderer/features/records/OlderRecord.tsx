import { useTranslation } from 'react-i18next';
import type { Json } from '#shared/kernel/json.ts';
import type { Resource } from '#shared/records/defineResource.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { valueAtPath } from '#shared/records/valueAtPath.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { StatusMark } from '#renderer/ui/StatusMark.tsx';
import classes from './Older.module.css';
import { listFields } from './listView.ts';
import type { ListField } from './listView.ts';

/** A record to read only: it is not in the replica, so nothing can be changed or linked to. */
export function OlderRecord({ resource, record }: { resource: Resource; record: RecordEnvelope }) {
  const { t } = useTranslation('records');
  const words = useRecordWords();
  const fields = listFields(resource).filter(({ path }) => !isEmpty(valueAtPath(record, path)));
  return (
    <div className={classes.facts} role="region" aria-label={t('fields')} tabIndex={0} data-testid="older-record">
      <dl className={classes.factList}>
        {fields.map((field) => (
          <div key={field.path} className={classes.fact}>
            <dt>{words.field(resource.kind, field.path)}</dt>
            <dd>
              <Value record={record} field={field} />
            </dd>
          </div>
        ))}
        {resource.scope !== 'platform' && record.tenantId === '' && (
          <div className={classes.fact}>
            <dt>{words.field(resource.kind, 'tenantId')}</dt>
            <dd>{t('platform')}</dd>
          </div>
        )}
        <div className={classes.fact}>
          <dt>{words.field(resource.kind, 'version')}</dt>
          <dd>{words.number(record.version)}</dd>
        </div>
        <div className={classes.fact}>
          <dt>{words.field(resource.kind, 'id')}</dt>
          <dd>
            <code className={classes.code} dir="ltr">
              {record.id}
            </code>
          </dd>
        </div>
      </dl>
    </div>
  );
}

function Value({ record, field }: { record: RecordEnvelope; field: ListField }) {
  const words = useRecordWords();
  const value = valueAtPath(record, field.path);
  if (field.type === 'status' && typeof value === 'string')
    return <StatusMark tone={words.tone(record.kind, value)}>{words.state(record.kind, value)}</StatusMark>;
  if (field.type === 'instant' && typeof value === 'string') return words.instant(value);
  if (field.hint.widget === 'reference' && typeof value === 'string') return words.name(field.hint.kind, value);
  if (typeof value === 'object')
    return (
      <pre className={classes.json} dir="ltr">
        {JSON.stringify(value, null, 2)}
      </pre>
    );
  return <span dir="auto">{words.value(record.kind, field.path, value, record.body)}</span>;
}

function isEmpty(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
