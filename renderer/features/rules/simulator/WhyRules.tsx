import { SegmentedControl, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '#shared/kernel/errors.ts';
import type { EventVerdicts } from '#renderer/data/simulation/simulationResult.ts';
import { useSimulator } from '#renderer/data/simulation/useSimulator.ts';
import { VirtualList } from '#renderer/ui/VirtualList.tsx';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import { Verdict } from './ConditionTree.tsx';
import picker from './Picker.module.css';
import classes from './Why.module.css';
import { useDecisionWords } from './useDecisionWords.ts';

interface WhyRulesProps {
  eventId: string;
  /** Id of the rule chosen, '' for none. */
  value: string;
  onChange: (ruleId: string) => void;
}

type Shown = 'listening' | 'runs' | 'all';

/** Every rule with its answer to one event: those that listen to it first. */
export function WhyRules({ eventId, value, onChange }: WhyRulesProps) {
  const { t } = useTranslation('simulator');
  const problemText = useProblemText();
  const decisions = useDecisionWords();
  const simulator = useSimulator();
  const [found, setFound] = useState<{ eventId: string; answer: EventVerdicts | Problem }>();
  const [text, setText] = useState('');
  const [shown, setShown] = useState<Shown>('listening');
  useEffect(() => {
    let over = false;
    const now = new Date().toISOString();
    const work = async () => {
      const outcome = await simulator.run({ task: 'verdicts', input: { from: 'history', eventId }, now });
      if (over || outcome.outcome === 'stopped') return;
      setFound({ eventId, answer: outcome.outcome === 'done' ? outcome.answer : outcome.problem });
    };
    void work();
    return () => {
      over = true;
    };
  }, [simulator, eventId]);
  const answer = found?.eventId === eventId ? found.answer : undefined;
  const verdicts = useMemo(() => (answer && 'verdicts' in answer ? answer.verdicts : []), [answer]);
  const counts = useMemo(
    () => ({
      all: verdicts.length,
      runs: verdicts.filter(({ decision }) => decision.decision === 'run').length,
      listening: verdicts.filter(({ listens }) => listens).length,
    }),
    [verdicts],
  );
  const fitting = useMemo(() => {
    const wanted = text.trim().toLocaleLowerCase();
    return verdicts.filter(
      ({ name, listens, decision }) =>
        (shown === 'all' || (shown === 'runs' ? decision.decision === 'run' : listens)) &&
        name.toLocaleLowerCase().includes(wanted),
    );
  }, [verdicts, shown, text]);
  if (!answer) return <p className={picker.quiet}>{t('working')}</p>;
  if (!('verdicts' in answer))
    return (
      <p className={picker.quiet} role="alert">
        {t('failed.title')} <bdi>{problemText(answer)}</bdi>
      </p>
    );
  const { event } = answer;
  return (
    <div className={picker.picker}>
      <TextInput
        leftSection={<IconSearch size={14} />}
        aria-label={t('why.searchRule')}
        placeholder={t('why.searchRule')}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <SegmentedControl
        size="xs"
        fullWidth
        value={shown}
        onChange={(chosen) => setShown(chosen === 'all' || chosen === 'runs' ? chosen : 'listening')}
        data={(['listening', 'runs', 'all'] as const).map((one) => ({
          value: one,
          label: t(`why.shown.${one}`, { count: counts[one] }),
        }))}
        aria-label={t('why.show')}
      />
      {fitting.length === 0 ? (
        <p className={picker.quiet}>{t('why.noRuleFits')}</p>
      ) : (
        <VirtualList
          items={fitting}
          keyOf={({ ruleId }) => ruleId}
          estimate={56}
          label={t('why.rules')}
          className={classes.rules}
          render={({ ruleId, name, decision }) => (
            <button
              type="button"
              className={picker.row}
              aria-pressed={ruleId === value}
              onClick={() => onChange(ruleId)}
              data-testid="why-rule"
            >
              <span className={classes.ruleName}>
                <Verdict holds={decision.decision === 'run'} />
                <span className={picker.name} dir="auto">
                  {name}
                </span>
              </span>
              <span className={classes.ruleWhy}>{decisions.decision(decision, event.name, event.tenantId)}</span>
            </button>
          )}
        />
      )}
    </div>
  );
}
