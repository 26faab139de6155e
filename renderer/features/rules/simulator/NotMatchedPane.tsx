import { IconChecks } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReasonGroup, SideTally } from '#renderer/data/simulation/simulationResult.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { RecordLink } from '#renderer/ui/RecordLink.tsx';
import classes from './Result.module.css';
import { useDecisionWords } from './useDecisionWords.ts';

/** Why the rule does not run, most common reason first, each with a few events that show it. */
export function NotMatchedPane({ side }: { side: SideTally }) {
  const { t } = useTranslation('simulator');
  const [open, setOpen] = useState(side.reasons[0]?.key ?? '');
  if (side.reasons.length === 0)
    return (
      <EmptyState icon={<IconChecks size={32} />} title={t('notMatched.none')} description={t('notMatched.noneText')} />
    );
  return (
    <ul className={classes.reasons}>
      {side.reasons.map((group) => (
        <Reason
          key={group.key}
          group={group}
          total={side.notMatched}
          open={group.key === open}
          onToggle={() => setOpen(group.key === open ? '' : group.key)}
        />
      ))}
    </ul>
  );
}

interface ReasonProps {
  group: ReasonGroup;
  total: number;
  open: boolean;
  onToggle: () => void;
}

function Reason({ group, total, open, onToggle }: ReasonProps) {
  const { t } = useTranslation('simulator');
  const words = useRecordWords();
  const decisions = useDecisionWords();
  const { decision } = group;
  const title =
    decision.because === 'conditions' && decision.decidedBy
      ? decisions.asks(decision.decidedBy)
      : t(`reasonTitle.${decision.because}`, {
          pattern: decision.because === 'trigger' ? `\u2068${decision.pattern}\u2069` : '',
          field: decision.because === 'field_change' ? `\u2068${decision.field}\u2069` : '',
        });
  const share = total === 0 ? 0 : (group.count / total) * 100;
  return (
    <li className={classes.reason}>
      <button type="button" className={classes.reasonHead} aria-expanded={open} onClick={onToggle} data-testid="reason">
        <span className={classes.reasonTitle}>{title}</span>
        <span className={classes.reasonCount}>{t('notMatched.count', { count: group.count })}</span>
        <span className={classes.bar} aria-hidden="true">
          <span style={{ inlineSize: `${Math.max(share, 0.5)}%` }} />
        </span>
      </button>
      {open && (
        <ul className={classes.examples} aria-label={t('notMatched.examples')}>
          {group.examples.map(({ event, decision: held }) => (
            <li key={event.id} className={classes.example}>
              <span className={classes.rowTop}>
                <RecordLink kind="event" id={event.id}>
                  <span dir="ltr">{event.name}</span>
                </RecordLink>
                <span className={classes.exampleLine}>
                  <bdi>{event.tenantId === '' ? t('platform') : words.name('tenant', event.tenantId)}</bdi> ·{' '}
                  <bdi>{words.instant(event.occurredAt)}</bdi>
                </span>
              </span>
              <span className={classes.exampleFound}>
                {held.because === 'conditions' && held.decidedBy
                  ? decisions.found(held.decidedBy)
                  : decisions.decision(held, event.name, event.tenantId)}
              </span>
            </li>
          ))}
          {group.count > group.examples.length && (
            <li className={classes.exampleLine}>
              {t('notMatched.more', { count: group.count - group.examples.length })}
            </li>
          )}
        </ul>
      )}
    </li>
  );
}
