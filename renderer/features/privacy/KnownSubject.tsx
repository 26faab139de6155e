import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { textIn } from '#shared/records/readBody.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import classes from './Privacy.module.css';

interface KnownSubjectProps {
  records: readonly RecordEnvelope[];
  /** Something was typed. */
  asked: boolean;
  /** `kind:id`. */
  chosen: readonly string[];
  onChange: (chosen: readonly string[]) => void;
}

/** Kinds whose records are a person; the others only mention one. */
const isPerson = (kind: string) => kind === 'staff' || kind === 'member';

/** What this console knows of the person, kind by kind; records that are the person may be chosen. */
export function KnownSubject({ records, asked, chosen, onChange }: KnownSubjectProps) {
  const { t } = useTranslation('privacy');
  const words = useRecordWords();
  const people = records.filter(({ kind }) => isPerson(kind));
  const others = Map.groupBy(
    records.filter(({ kind }) => !isPerson(kind)),
    ({ kind }) => kind,
  );
  if (!asked) return null;
  return (
    <div className={classes.matches} role="status" data-testid="known-subject">
      {records.length === 0 && <p className={classes.quiet}>{t('new.unknown')}</p>}
      {people.map((record) => {
        const value = `${record.kind}:${record.id}`;
        const where = record.tenantId === '' ? '' : words.name('tenant', record.tenantId);
        return (
          <Checkbox
            key={record.id}
            size="xs"
            label={`${words.title(record)} · ${textIn(record.body, 'email')} · ${words.kind(record.kind)}${where === '' ? '' : ` · ${where}`}`}
            checked={chosen.includes(value)}
            onChange={(event) =>
              onChange(event.currentTarget.checked ? [...chosen, value] : chosen.filter((one) => one !== value))
            }
          />
        );
      })}
      {others.size > 0 && (
        <p className={classes.quiet}>
          {t('new.alsoIn', {
            kinds: [...others]
              .map(([kind, found]) => `${words.kinds(kind)} (${words.number(found.length)})`)
              .join(words.listSeparator),
          })}
        </p>
      )}
    </div>
  );
}
