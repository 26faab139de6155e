import { Button, Kbd } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconFlask, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearch } from 'wouter';
import type { Rule } from '#shared/resources/automation/rule.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { PageHeader } from '#renderer/ui/PageHeader.tsx';
import { HistoryResult } from './HistoryResult.tsx';
import { keptBody } from './keptBody.ts';
import { NothingExecuted } from './NothingExecuted.tsx';
import { SingleResult } from './SingleResult.tsx';
import classes from './Simulator.module.css';
import { SetupPanel } from './SetupPanel.tsx';
import { useSimulation } from './useSimulation.ts';
import { useSimulatorSetup } from './useSimulatorSetup.ts';

interface SimulatorPageProps {
  ruleId?: string;
  /** A version that is not saved; without one, the draft that the editor keeps of the rule. */
  draft?: Rule['body'];
}

/**
 * What a rule would do, on the local history or one event, without anything being done. With a rule it is part of that
 * rule's page, which has a title already. `?event=` chooses an event of the history to begin with.
 */
export function SimulatorPage({ ruleId = '', draft }: SimulatorPageProps) {
  const { t } = useTranslation('simulator');
  const eventId = new URLSearchParams(useSearch()).get('event') ?? '';
  const [hasDraft] = useState(() => (draft ?? keptBody(ruleId, localStorage)) !== undefined);
  const { setup, change } = useSimulatorSetup(ruleId, hasDraft, eventId);
  const unsaved = useMemo(() => draft ?? keptBody(setup.ruleId, localStorage), [draft, setup.ruleId]);
  const simulation = useSimulation(unsaved);
  const { state } = simulation;
  const missing = simulation.missing(setup);
  const isRunning = state.state === 'running';
  const start = () => {
    if (missing === undefined && !isRunning) void simulation.start(setup);
  };
  useHotkeys(
    [
      ['mod+Enter', start],
      ['Escape', () => isRunning && simulation.stop()],
    ],
    [],
  );
  return (
    <div className={classes.page}>
      {ruleId === '' && <PageHeader title={t('title')} description={t('description')} />}
      <NothingExecuted />
      <div className={classes.body}>
        <div className={classes.side}>
          <SetupPanel setup={setup} fixedRule={ruleId !== ''} draft={unsaved} onChange={change} />
          <div className={classes.foot}>
            {isRunning ? (
              <Button
                variant="default"
                leftSection={<IconPlayerStop size={14} />}
                onClick={simulation.stop}
                data-testid="simulation-stop"
              >
                {t('stop')}
              </Button>
            ) : (
              <Button
                leftSection={<IconPlayerPlay size={14} className="mirrored" />}
                onClick={start}
                disabled={missing !== undefined}
                data-testid="simulation-start"
              >
                {t('start')}
              </Button>
            )}
            {missing === undefined ? (
              <span className={classes.keys} dir="ltr">
                <Kbd size="xs">Ctrl</Kbd> <Kbd size="xs">Enter</Kbd>
              </span>
            ) : (
              <span className={classes.missing}>{t(`missing.${missing}`)}</span>
            )}
          </div>
        </div>
        <div className={classes.result} aria-live="polite" aria-busy={isRunning}>
          {state.state === 'idle' && (
            <EmptyState icon={<IconFlask size={32} />} title={t('idle.title')} description={t('idle.text')} />
          )}
          {state.state === 'single' && <SingleResult input={state.input} source={state.source} />}
          {(state.state === 'running' || state.state === 'over') && (
            <HistoryResult key={state.number} state={state} onAgain={start} />
          )}
        </div>
      </div>
    </div>
  );
}
