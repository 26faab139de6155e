import { useTranslation } from 'react-i18next';
import type { Json } from '#shared/kernel/json.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import classes from './Prepared.module.css';

interface ValueTextProps {
  value: Json | undefined;
  /** Names the field, where it is one of a record, so that states and references have their words. */
  kind?: string;
  path?: string;
}

/** Any value in a line: a field's in its own words, anything else as it stands in JSON; nothing as a word. */
export function ValueText({ value, kind, path }: ValueTextProps) {
  const { t } = useTranslation('simulator');
  const words = useRecordWords();
  if (value === undefined) return <span className={classes.quiet}>{t('value.missing')}</span>;
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0))
    return <span className={classes.quiet}>{t('value.empty')}</span>;
  if (kind !== undefined && path !== undefined) return <bdi>{words.value(kind, path, value)}</bdi>;
  if (typeof value === 'string') return <bdi>{value}</bdi>;
  return (
    <code className={classes.code} dir="ltr">
      {JSON.stringify(value)}
    </code>
  );
}
