import { useTranslation } from 'react-i18next';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { textIn } from '#shared/records/readBody.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import detailPage from '#renderer/ui/DetailPage.module.css';
import classes from './Privacy.module.css';

/** What is known of the request itself. */
export function RequestFacts({ record }: { record: RecordEnvelope }) {
  const { t } = useTranslation('privacy');
  const words = useRecordWords();
  const { body } = record;
  const fact = (name: string, shown: string) => ({ label: words.field('privacyRequest', `body.${name}`), shown });
  const text = (name: string) => fact(name, textIn(body, name));
  const instant = (name: string) => fact(name, words.instant(textIn(body, name)));
  const facts = [
    text('subjectName'),
    { ...text('subjectEmail'), code: true },
    { label: t('list.askedBy'), shown: words.name('staff', record.createdBy) },
    {
      label: words.field('privacyRequest', 'tenantId'),
      shown: record.tenantId === '' ? t('everywhere') : words.name('tenant', record.tenantId),
    },
    text('channel'),
    instant('receivedAt'),
    instant('dueAt'),
    instant('startedAt'),
    instant('completedAt'),
    text('note'),
  ].filter(({ shown }) => shown !== '');
  return (
    <aside>
      <dl className={detailPage.facts}>
        {facts.map(({ label, shown, ...more }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{'code' in more ? <bdi className={classes.path}>{shown}</bdi> : shown}</dd>
          </div>
        ))}
      </dl>
      {textIn(body, 'subjectEmail') + textIn(body, 'subjectName') === '' && (
        <p className={classes.quiet}>{t('page.erased')}</p>
      )}
    </aside>
  );
}
