import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RuleExplanation } from '#shared/domain/automation/rules/decideRule.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { ConditionTree, Verdict } from './ConditionTree.tsx';
import classes from './Decision.module.css';
import { useDecisionWords } from './useDecisionWords.ts';

interface DecisionPathProps {
  explanation: RuleExplanation;
  /** What the server alone decides, after everything here. */
  children?: ReactNode;
}

/** Everything a rule looks at before it runs, in the order it looks, and where it was settled. */
export function DecisionPath({ explanation, children }: DecisionPathProps) {
  const { t } = useTranslation('simulator');
  const words = useRecordWords();
  const decisions = useDecisionWords();
  const { decision, trigger, tenant, fieldChange, conditions } = explanation;
  const settledBy = decision.decision === 'not' ? decision.because : undefined;
  const tenantName = (id: string) => (id === '' ? t('platform') : `\u2068${words.name('tenant', id)}\u2069`);
  return (
    <ol className={classes.path}>
      <Station holds={explanation.isActive} settles={settledBy === 'inactive'} title={t('path.active')}>
        {t(explanation.isActive ? 'path.isActive' : 'path.isPaused')}
      </Station>
      <Station holds={tenant.fits} settles={settledBy === 'tenant'} title={t('path.tenant')}>
        {tenant.ruleTenantId === ''
          ? t('path.everyTenant')
          : t(tenant.fits ? 'path.sameTenant' : 'path.otherTenant', {
              rule: tenantName(tenant.ruleTenantId),
              event: tenantName(tenant.eventTenantId),
            })}
      </Station>
      <Station holds={trigger.fits} settles={settledBy === 'trigger'} title={t('path.trigger')}>
        {t(trigger.fits ? 'path.triggerFits' : 'path.triggerNot', {
          pattern: `\u2068${trigger.pattern}\u2069`,
          event: `\u2068${trigger.event}\u2069`,
        })}
      </Station>
      {fieldChange && (
        <Station holds={fieldChange.fits} settles={settledBy === 'field_change'} title={t('path.fieldChange')}>
          {fieldChange.found === undefined
            ? t('decision.fieldUntouched', { field: `\u2068${fieldChange.field}\u2069` })
            : t(fieldChange.fits ? 'path.fieldFits' : 'decision.fieldChange', {
                field: `\u2068${fieldChange.field}\u2069`,
                found: decisions.value(fieldChange.found),
              })}
        </Station>
      )}
      <Station holds={conditions.holds} settles={settledBy === 'conditions'} title={t('path.conditions')}>
        <ConditionTree explanation={conditions} settles={decision.decision === 'run' || settledBy === 'conditions'} />
      </Station>
      {children}
    </ol>
  );
}

interface StationProps {
  holds: boolean;
  settles: boolean;
  title: string;
  children: ReactNode;
}

function Station({ holds, settles, title, children }: StationProps) {
  const { t } = useTranslation('simulator');
  return (
    <li className={classes.station} data-settles={settles || undefined}>
      <Verdict holds={holds} />
      <div className={classes.stationWords}>
        <p className={classes.stationTitle}>
          {title}
          {settles && <span className={classes.decides}>{t('decides')}</span>}
        </p>
        <div className={classes.stationText}>{children}</div>
      </div>
    </li>
  );
}
