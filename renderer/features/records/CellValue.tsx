import type { RecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { RelativeTime } from '#renderer/ui/RelativeTime.tsx';
import { StatusMark } from '#renderer/ui/StatusMark.tsx';
import type { ListField } from './listView.ts';
import classes from './RecordList.module.css';
import { valueAtPath } from '#shared/records/valueAtPath.ts';

interface CellValueProps {
  record: RecordEnvelope;
  field: ListField;
  /** Given from above: a list draws thousands of cells, each with its own words would be slow. */
  words: RecordWords;
  /** The word for what belongs to no tenant. */
  platform: string;
}

/** One value of a list: status as dot and word, time relative, names instead of ids. */
export function CellValue({ record, field, words, platform }: CellValueProps) {
  const value = valueAtPath(record, field.path);
  if (field.path === 'tenantId' && value === '') return <span className={classes.quiet}>{platform}</span>;
  if (value === undefined || value === null || value === '') return null;
  if (field.type === 'status' && typeof value === 'string') {
    return <StatusMark tone={words.tone(record.kind, value)}>{words.state(record.kind, value)}</StatusMark>;
  }
  if (field.type === 'instant' && typeof value === 'string') return <RelativeTime instant={value} />;
  if (field.hint.widget === 'reference' && typeof value === 'string') {
    return <span dir="auto">{words.name(field.hint.kind, value)}</span>;
  }
  const text = words.value(record.kind, field.path, value, record.body);
  return (
    <span dir="auto" title={text.length > 24 ? text : undefined}>
      {text}
    </span>
  );
}
