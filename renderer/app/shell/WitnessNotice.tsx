import { Alert } from '@mantine/core';
import { IconShieldX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { standingRefusals, useWitness } from '#renderer/data/audit/useWitness.ts';
import classes from './WitnessNotice.module.css';

/**
 * Says on every page that the server showed another audit log than before. It cannot be closed: it goes when somebody has
 * looked into it and settled it on the proof page.
 */
export function WitnessNotice() {
  const { t } = useTranslation('audit');
  const refusals = standingRefusals(useWitness());
  const first = refusals[0];
  if (!first) return null;
  return (
    <Alert
      classNames={{ root: classes.root, title: classes.title, message: classes.message }}
      variant="light"
      color="red"
      radius={0}
      role="alert"
      icon={<IconShieldX size={18} />}
      title={t('refused.title', { count: refusals.length })}
      data-testid="witness-notice"
      data-kind={first.finding.kind}
    >
      <p>
        {t(`finding.kind.${first.finding.kind}`)} {t('refused.notice')}{' '}
        <Link href="/audit/proof">{t('refused.look')}</Link>
      </p>
    </Alert>
  );
}
