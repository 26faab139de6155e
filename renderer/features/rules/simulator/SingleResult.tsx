import { Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SimulatedInput } from '#renderer/data/simulation/threadTasks.ts';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import { OutcomeView } from './EventOutcome.tsx';
import { SaveTest } from './SaveTest.tsx';
import outcomeClasses from './Outcome.module.css';
import type { OutcomeSource } from './outcomeSource.ts';
import classes from './Simulator.module.css';
import { useEventOutcome } from './useEventOutcome.ts';

/** One event: what each version decides and does, with a way to keep it as a test. */
export function SingleResult({ input, source }: { input: SimulatedInput; source: OutcomeSource }) {
  const { t } = useTranslation('simulator');
  const problemText = useProblemText();
  const state = useEventOutcome(input, source);
  return (
    <div className={classes.single} tabIndex={0} role="region" aria-label={t('detail')}>
      {state.state === 'working' && (
        <p className={outcomeClasses.working}>
          <Loader size={14} aria-hidden="true" /> {t('working')}
        </p>
      )}
      {state.state === 'failed' && (
        <p className={outcomeClasses.failed} role="alert">
          {t('failed.title')} <bdi>{problemText(state.problem)}</bdi>
        </p>
      )}
      {state.state === 'ready' && (
        <>
          <OutcomeView answer={state.answer} names={source.names} />
          <SaveTest answer={state.answer} rule={source.sides[0]?.rule} />
        </>
      )}
    </div>
  );
}
