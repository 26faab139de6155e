import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Finding } from '#shared/domain/audit/auditTypes.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useToldText } from '#renderer/ui/problems/useProblemText.ts';
import classes from './Proof.module.css';

/** One thing that is wrong: where, what was expected, what was found, and the way to the entry. */
export function FindingLine({ finding, isFirst }: { finding: Finding; isFirst: boolean }) {
  const { t } = useTranslation('audit');
  const words = useRecordWords();
  const toldText = useToldText();
  const { kind, tenantId, number, id, expected, found } = finding;
  const chain = tenantId === '' ? t('platform') : words.name('tenant', tenantId);
  const query = new URLSearchParams({ ...(tenantId === '' ? {} : { tenant: tenantId }), number: String(number) });
  return (
    <li
      className={classes.finding}
      data-testid={isFirst ? 'first-finding' : 'finding'}
      data-kind={kind}
      data-number={number}
      data-entry={id}
    >
      <IconAlertTriangle size={16} aria-hidden="true" />
      <div>
        <p className={classes.findingTitle}>
          {number > 0 ? t('finding.at', { chain, number }) : chain}: {t(`finding.kind.${kind}`)}
        </p>
        <dl className={classes.compared}>
          <dt>{t('finding.expected')}</dt>
          <dd dir="auto">{toldText(expected) || t('entry.empty')}</dd>
          <dt>{t('finding.found')}</dt>
          <dd dir="auto">{toldText(found) || t('entry.empty')}</dd>
        </dl>
        {number > 0 && (
          <Link href={`/audit?${query.toString()}`} className={classes.link} data-testid="finding-open">
            {t('finding.open')}
          </Link>
        )}
      </div>
    </li>
  );
}
