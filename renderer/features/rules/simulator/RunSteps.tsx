import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { EventSimulation } from '#shared/domain/automation/simulation/simulateRule.ts';
import type { SimulatedStep } from '#shared/domain/automation/simulation/walkRun.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import classes from './Outcome.module.css';
import { PreparedView } from './PreparedView.tsx';
import { StepIcon } from './StepIcon.tsx';

/** The steps of a simulated run in their order, each with its rendered values. */
export function RunSteps({ run, record }: { run: EventSimulation; record: RecordEnvelope | null }) {
  const { t } = useTranslation('simulator');
  if (run.steps.length === 0) return <p className={classes.quiet}>{t('run.noSteps')}</p>;
  return (
    <>
      <ol className={classes.steps}>
        {run.steps.map((step, index) => (
          <li key={`${step.key}-${index}`} className={classes.step} data-fault={step.status === 'failed' || undefined}>
            <StepHead step={step} />
            <div className={classes.stepBody}>
              {step.prepared && <PreparedView prepared={step.prepared} record={record} />}
              {step.error !== '' && (
                <p className={classes.fault} role="note">
                  {step.fault && step.fault.path !== ''
                    ? t('fault.at', { path: `\u2068${step.fault.path}\u2069` })
                    : t(step.status === 'cancelled' ? 'fault.cancels' : 'fault.fails')}{' '}
                  <bdi className={classes.faultMessage}>{step.error}</bdi>
                </p>
              )}
              <Unknown names={step.unknownVariables} />
            </div>
          </li>
        ))}
      </ol>
      <p className={classes.end}>
        {t(`run.${run.status ?? 'running'}`)}
        {run.error !== '' && run.steps.every((step) => step.error === '') && (
          <>
            {' '}
            <bdi>{run.error}</bdi>
          </>
        )}
      </p>
    </>
  );
}

function StepHead({ step }: { step: SimulatedStep }) {
  const { t } = useTranslation('simulator');
  const words = useRecordWords();
  return (
    <p className={classes.stepHead}>
      <span className={classes.stepSign}>
        <StepIcon type={step.type} />
      </span>
      <span className={classes.stepName} dir="auto">
        {step.name}
      </span>
      <span className={classes.quiet}>
        {t(`step.${step.type}`)}
        {roundsOf(step.key).map((round) => ` · ${t('loop.round', { round: words.number(round + 1) })}`)}
      </span>
      {step.assumed !== undefined && step.assumed !== 'succeeded' && (
        <Badge size="xs" variant="light" color="violet" className={classes.assumed}>
          {t(`assumed.${step.assumed}`)}
        </Badge>
      )}
    </p>
  );
}

/** The rounds of the loops around a step, outermost first, from its key `mail[3][0]`. */
function roundsOf(key: string): number[] {
  return [...key.matchAll(/\[(\d+)\]/g)].map(([, round]) => Number(round));
}

function Unknown({ names }: { names: readonly string[] }) {
  const { t } = useTranslation('simulator');
  const words = useRecordWords();
  if (names.length === 0) return null;
  return (
    <p className={classes.unknown} role="note">
      {t('unknown', { count: names.length, names: `\u2068${names.join(words.listSeparator)}\u2069` })}
    </p>
  );
}
