import { UnstyledButton } from '@mantine/core';
import {
  IconAlertTriangle,
  IconChevronRight,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconClockPause,
  IconLoader2,
  IconPlayerSkipForward,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isJsonObject } from '#shared/kernel/json.ts';
import type { Json } from '#shared/kernel/json.ts';
import type { Run, StepTrace } from '#shared/resources/runs/run.ts';
import { useAutomationWords } from '#renderer/data/hooks/useAutomationWords.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { JsonView } from '#renderer/ui/JsonView.tsx';
import { stepIcons, unknownIcon } from '#renderer/ui/stepIcons.ts';
import classes from './Trace.module.css';

const marks = {
  pending: IconCircleDashed,
  running: IconLoader2,
  success: IconCircleCheck,
  failed: IconCircleX,
  skipped: IconPlayerSkipForward,
  waiting: IconClockPause,
} as const;

interface TraceProps {
  body: Run['body'];
  ended: boolean;
  /** Id of a step that is to be seen whole. */
  opened: string;
}

/** Every step that was begun, the first on top: what it was asked, what it answered, how often it was tried, how long it took. */
export function Trace({ body, ended, opened }: TraceProps) {
  const { t } = useTranslation('automation');
  const longest = Math.max(1, ...body.steps.map((trace) => trace.durationMs));
  if (body.steps.length === 0) return <p className={classes.quiet}>{t(ended ? 'trace.nothing' : 'trace.notYet')}</p>;
  // Of a very long run the middle is not kept.
  const gapAt = body.leftOut > 0 ? Math.floor(body.steps.length / 2) : -1;
  return (
    <ol className={classes.trace} aria-label={t('trace.title')}>
      {body.steps.map((trace, index) => (
        <li key={trace.key || `${trace.stepId}-${index}`} className={classes.entry}>
          {index === gapAt && <p className={classes.gap}>{t('trace.leftOut', { count: body.leftOut })}</p>}
          <TraceStep
            trace={trace}
            share={trace.durationMs / longest}
            initially={trace.stepId === opened || isGrave(trace)}
          />
        </li>
      ))}
      <li className={classes.total}>{t('trace.steps', { count: body.steps.length + body.leftOut })}</li>
    </ol>
  );
}

/** A step that could not be prepared was asked for nothing. */
function isNothing(value: Json): boolean {
  return value === null || (isJsonObject(value) && Object.keys(value).length === 0);
}

function isGrave(trace: StepTrace): boolean {
  return trace.status === 'failed';
}

interface TraceStepProps {
  trace: StepTrace;
  /** Of the longest step. */
  share: number;
  initially: boolean;
}

function TraceStep({ trace, share, initially }: TraceStepProps) {
  const { t } = useTranslation('automation');
  const words = useRecordWords();
  const automation = useAutomationWords();
  const [open, setOpen] = useState(initially);
  const Mark = marks[trace.status];
  const Icon = stepIcons[trace.type] ?? unknownIcon;
  const rounds = /(\[\d+\])+$/.exec(trace.key)?.[0].replaceAll(/\[(\d+)\]/g, (_all, round) => ` ${Number(round) + 1}`);
  const unknown = trace.unknownVariables ?? [];
  const copy = { copy: t('copy'), copied: t('copied') };
  return (
    <div className={classes.step} data-status={trace.status} data-testid={`trace-${trace.key || trace.stepId}`}>
      <UnstyledButton className={classes.line} aria-expanded={open} onClick={() => setOpen((now) => !now)}>
        <span className={classes.mark} data-status={trace.status}>
          <Mark size={16} aria-hidden="true" />
        </span>
        <Icon size={14} className={classes.type} aria-hidden="true" />
        <span className={classes.name}>
          <bdi>{trace.name}</bdi>
          {rounds && <span className={classes.quiet}> {t('trace.round', { round: rounds.trim() })}</span>}
          {trace.branch !== undefined && <span className={classes.quiet}> → {branchWord(trace.branch, t)}</span>}
        </span>
        {unknown.length > 0 && (
          <IconAlertTriangle size={14} className={classes.warn} aria-label={t('trace.unknown')} role="img" />
        )}
        {trace.attempts > 1 && <span className={classes.quiet}>{t('trace.attempts', { count: trace.attempts })}</span>}
        <span className={classes.state}>{t(`stepState.${trace.status}`)}</span>
        <span className={classes.duration}>{automation.duration(trace.durationMs)}</span>
        <IconChevronRight size={14} className={classes.chevron} data-open={open || undefined} aria-hidden="true" />
      </UnstyledButton>
      <span className={classes.bar} style={{ inlineSize: `${Math.max(0.5, share * 100)}%` }} aria-hidden="true" />
      {open && (
        <div className={classes.detail}>
          {trace.withheld === true && (
            <p className={classes.quiet} data-testid="trace-withheld">
              {t('withheld')}
            </p>
          )}
          {trace.error !== '' && (
            <p className={classes.error}>
              <bdi>{trace.error}</bdi>
            </p>
          )}
          {unknown.length > 0 && (
            <p className={classes.unknown}>
              {t('trace.unknown')}{' '}
              {unknown.map((name) => (
                <code key={name} dir="ltr">
                  {name}
                </code>
              ))}
            </p>
          )}
          <div className={classes.values}>
            {trace.input !== undefined && !isNothing(trace.input) && (
              <JsonView label={t('trace.input')} value={trace.input} words={copy} />
            )}
            {trace.output !== undefined && <JsonView label={t('trace.output')} value={trace.output} words={copy} />}
          </div>
          <dl className={classes.meta}>
            <div>
              <dt>{t('trace.type')}</dt>
              <dd>{t(`stepType.${trace.type}`, { defaultValue: trace.type })}</dd>
            </div>
            <div>
              <dt>{t('trace.startedAt')}</dt>
              <dd>{words.instant(trace.startedAt)}</dd>
            </div>
            <div>
              <dt>{t('trace.attemptsLabel')}</dt>
              <dd>{words.number(trace.attempts)}</dd>
            </div>
            {trace.idempotencyKey !== undefined && (
              <div>
                <dt>{t('trace.key')}</dt>
                <dd>
                  <code dir="ltr">{trace.idempotencyKey}</code>
                </dd>
              </div>
            )}
          </dl>
        </div>
      )}
    </div>
  );
}

function branchWord(branch: string, t: (key: string, options: { defaultValue: string }) => string): string {
  return t(`branch.${branch}`, { defaultValue: branch });
}
