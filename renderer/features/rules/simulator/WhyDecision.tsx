import { Button, Loader } from '@mantine/core';
import { IconFlask } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useRecord } from '#renderer/data/hooks/useRecord.ts';
import { RecordLink } from '#renderer/ui/RecordLink.tsx';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import { DecisionPath } from './DecisionPath.tsx';
import outcomeClasses from './Outcome.module.css';
import { ServerFacts } from './ServerFacts.tsx';
import { defaultAssumptions } from './assumptions.ts';
import { ruleOf } from './readSides.ts';
import { simulatorPath } from './simulatorPath.ts';
import { useDecisionWords } from './useDecisionWords.ts';
import { useEventOutcome } from './useEventOutcome.ts';
import type { OutcomeSource } from './outcomeSource.ts';
import type { Rule } from '#shared/resources/automation/rule.ts';

/** The whole way to the decision of one rule for one event. */
export function WhyDecision({ ruleId, eventId }: { ruleId: string; eventId: string }) {
  const { t } = useTranslation('simulator');
  const record = useRecord('rule', ruleId)?.record;
  const rule = useMemo(() => record && ruleOf(record), [record]);
  if (!rule) return <Working text={t('working')} />;
  return <Decision rule={rule} eventId={eventId} />;
}

function Decision({ rule, eventId }: { rule: Rule; eventId: string }) {
  const { t } = useTranslation('simulator');
  const problemText = useProblemText();
  const decisions = useDecisionWords();
  const [now] = useState(() => new Date().toISOString());
  const source: OutcomeSource = {
    sides: [{ rule }],
    names: [rule.body.name],
    assumptions: defaultAssumptions,
    now,
    asItIs: true,
  };
  const state = useEventOutcome({ from: 'history', eventId }, source);
  if (state.state === 'working') return <Working text={t('working')} />;
  if (state.state === 'failed')
    return (
      <p className={outcomeClasses.failed} role="alert">
        {t('failed.title')} <bdi>{problemText(state.problem)}</bdi>
      </p>
    );
  const { event, sides } = state.answer;
  const explanation = sides[0]?.explanation;
  if (!explanation) return null;
  const runs = explanation.decision.decision === 'run';
  return (
    <article className={outcomeClasses.outcome}>
      <header>
        <h2 className={outcomeClasses.title}>
          <RecordLink kind="rule" id={rule.id}>
            <bdi>{rule.body.name}</bdi>
          </RecordLink>
        </h2>
        <p className={outcomeClasses.quiet}>
          <RecordLink kind="event" id={event.id}>
            <span dir="ltr">{event.name}</span>
          </RecordLink>
        </p>
      </header>
      <p className={outcomeClasses.verdict} data-runs={runs} data-testid="why-verdict">
        {decisions.decision(explanation.decision, event.name, event.tenantId)}
      </p>
      <DecisionPath explanation={explanation}>
        <ServerFacts rule={rule} eventId={eventId} decided={runs} />
      </DecisionPath>
      <div>
        <Button
          component={Link}
          href={simulatorPath(rule.id, eventId)}
          variant="default"
          leftSection={<IconFlask size={14} />}
        >
          {t('why.simulate')}
        </Button>
      </div>
    </article>
  );
}

function Working({ text }: { text: string }) {
  return (
    <p className={outcomeClasses.working}>
      <Loader size={14} aria-hidden="true" /> {text}
    </p>
  );
}
