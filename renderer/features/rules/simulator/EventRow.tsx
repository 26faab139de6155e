import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { EventLine, RunLine } from '#renderer/data/simulation/simulationResult.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import classes from './Result.module.css';
import { StepIcon } from './StepIcon.tsx';

interface EventRowProps {
  event: EventLine;
  runs: readonly (RunLine | null)[];
  current: boolean;
  onSelect: () => void;
}

/** Signs of steps that fit beside a name. */
const signs = 5;

/** An event in a list of results, with the kinds of steps that would act. */
export function EventRow({ event, runs, current, onSelect }: EventRowProps) {
  const { t } = useTranslation('simulator');
  const words = useRecordWords();
  const prepared = runs.filter((run) => run !== null && run !== 'unprepared');
  const actions = prepared[0]?.actions ?? [];
  const hasFault = prepared.some((run) => run.faults > 0);
  return (
    <button
      type="button"
      className={classes.row}
      aria-current={current || undefined}
      onClick={onSelect}
      data-testid="matched-event"
    >
      <span className={classes.rowTop}>
        <span className={classes.rowName} dir="ltr">
          {event.name}
        </span>
        {hasFault && <IconAlertTriangle size={14} className={classes.fault} role="img" aria-label={t('fault.mark')} />}
        <span
          className={classes.rowSigns}
          role="img"
          aria-label={actions.map((type) => t(`step.${type}`)).join(words.listSeparator)}
        >
          {actions.slice(0, signs).map((type, index) => (
            <StepIcon key={`${type}-${index}`} type={type} />
          ))}
          {actions.length > signs && <span>+{words.number(actions.length - signs)}</span>}
        </span>
      </span>
      <span className={classes.rowLine}>
        <span className={classes.rowTenant}>
          <bdi>{event.tenantId === '' ? t('platform') : words.name('tenant', event.tenantId)}</bdi>
        </span>
        <time dateTime={event.occurredAt}>{words.instant(event.occurredAt)}</time>
      </span>
    </button>
  );
}
