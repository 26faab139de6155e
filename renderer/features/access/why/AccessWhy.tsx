import { useTranslation } from 'react-i18next';
import { refusals } from '#renderer/data/hooks/refusals.ts';
import { explainAccess } from '#shared/domain/access/decideAccess.ts';
import classes from './Why.module.css';
import { DecisionSteps } from './DecisionSteps.tsx';
import { WhatHelps } from './WhatHelps.tsx';
import { useAccessWords } from '../useAccessWords.ts';

/** Explains a refusal of `useAccess` by its sentence: each role that was asked, what it said, and what would help. */
export function AccessWhy({ sentence }: { sentence: string }) {
  const { t } = useTranslation('access');
  const words = useAccessWords();
  const refusal = refusals.of(sentence);
  if (!refusal) return <p className={classes.text}>{sentence}</p>;
  const { principal, permission, target } = refusal;
  const { steps } = explainAccess(principal, permission, target ?? { tenantId: '' });
  return (
    <section className={classes.why} aria-label={t('why.title')} tabIndex={-1} data-autofocus>
      <h2 className={classes.title}>{t('why.title')}</h2>
      <p className={classes.text}>
        {t('why.needs')} <strong>{words.permission(permission)}</strong>{' '}
        <code className={classes.code} dir="ltr">
          {permission}
        </code>
      </p>
      <DecisionSteps steps={steps} />
      <WhatHelps permission={permission} steps={steps} principal={principal} />
    </section>
  );
}
