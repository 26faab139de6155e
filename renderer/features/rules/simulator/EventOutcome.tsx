import { Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { EventSimulation } from '#shared/domain/automation/simulation/simulateRule.ts';
import { RecordLink } from '#renderer/ui/RecordLink.tsx';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import type { EventAnswer } from '#renderer/data/simulation/simulationResult.ts';
import { DecisionPath } from './DecisionPath.tsx';
import classes from './Outcome.module.css';
import { RunSteps } from './RunSteps.tsx';
import type { OutcomeSource } from './outcomeSource.ts';
import { useDecisionWords } from './useDecisionWords.ts';
import { useEventOutcome } from './useEventOutcome.ts';

/** One event of the history, simulated in full. */
export function EventOutcome({ eventId, source }: { eventId: string; source: OutcomeSource }) {
  const { t } = useTranslation('simulator');
  const problemText = useProblemText();
  const state = useEventOutcome({ from: 'history', eventId }, source);
  switch (state.state) {
    case 'working':
      return (
        <p className={classes.working}>
          <Loader size={14} aria-hidden="true" /> {t('working')}
        </p>
      );
    case 'failed':
      return (
        <p className={classes.failed} role="alert">
          {t('failed.title')} <bdi>{problemText(state.problem)}</bdi>
        </p>
      );
    case 'ready':
      return <OutcomeView answer={state.answer} names={source.names} />;
  }
}

/** What each version decides for an event, and everything it would do. */
export function OutcomeView({ answer, names }: { answer: EventAnswer; names: readonly string[] }) {
  const { t } = useTranslation('simulator');
  const words = useRecordWords();
  const decisions = useDecisionWords();
  const { event } = answer;
  return (
    <article className={classes.outcome}>
      <header>
        <h3 className={classes.title} dir="ltr">
          {event.source === 'test' ? (
            event.name
          ) : (
            <RecordLink kind="event" id={event.id}>
              {event.name}
            </RecordLink>
          )}
        </h3>
        <p className={classes.quiet}>
          <bdi>{event.tenantId === '' ? t('platform') : words.name('tenant', event.tenantId)}</bdi> ·{' '}
          <bdi>{words.instant(event.occurredAt)}</bdi>
        </p>
      </header>
      {answer.sides.map((side, index) => (
        <section key={names[index]} className={classes.side}>
          {names.length > 1 && <h4 className={classes.sideName}>{names[index]}</h4>}
          <p className={classes.verdict} data-runs={runs(side)} data-testid="verdict">
            {decisions.decision(side.explanation.decision, event.name, event.tenantId)}
          </p>
          {runs(side) && <RunSteps run={side} record={answer.record} />}
          <details className={classes.why} open={!runs(side)}>
            <summary>{t('whyThis')}</summary>
            <DecisionPath explanation={side.explanation} />
          </details>
        </section>
      ))}
    </article>
  );
}

function runs({ decision }: EventSimulation): boolean {
  return decision.decision === 'run';
}
