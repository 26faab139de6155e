import { Alert } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '#shared/kernel/errors.ts';
import { useProblemText, useToldText } from './problems/useProblemText.ts';
import classes from './CommandNotice.module.css';
import { CommandNotice } from './CommandNotice.tsx';
import { RecordLink } from './RecordLink.tsx';

interface GivenCommand {
  type: string;
  status: 'queued' | 'running' | 'done' | 'failed' | 'refused' | 'aborted';
  badge: 'synced' | 'waiting' | 'conflict' | 'refused';
  /** Percent. */
  progress: number;
  problem: string;
  ended: boolean;
  outcome:
    | {
        total: number;
        done: number;
        skipped: number;
        refused: number;
        runIds: readonly string[];
        runs: number;
        problems: readonly { id: string; message: string }[];
      }
    | undefined;
}

interface CommandFrameProps {
  control: {
    command: GivenCommand | undefined;
    problem: Problem | undefined;
    abort: () => Promise<unknown>;
    forget: () => void;
  };
  /** Said below the result. */
  children?: ReactNode;
}

/** Runs and reasons that a result names; beyond them there is a count. */
const named = 5;

/** The command given last on a page: how it goes, what came of it, or why it could not be given. Nothing before the first. */
export function CommandFrame({ control, children }: CommandFrameProps) {
  const { t } = useTranslation('automation');
  const problemText = useProblemText();
  const toldText = useToldText();
  const { command, problem, abort, forget } = control;
  if (problem)
    return (
      <div className={classes.frame}>
        <Alert color="red" withCloseButton closeButtonLabel={t('close')} title={t('failed')} onClose={forget}>
          {problemText(problem)}
        </Alert>
      </div>
    );
  if (!command) return null;
  const { outcome } = command;
  return (
    <div className={classes.frame}>
      <CommandNotice
        command={command}
        title={t(`commandType.${command.type}`)}
        onAbort={() => void abort()}
        onClose={forget}
      >
        {outcome && (
          <p className={classes.result}>
            <span>{t('command.result', outcome)}</span>
            {outcome.runIds.slice(0, named).map((id, index) => (
              <RecordLink key={id} kind="run" id={id}>
                {t('command.run', { number: index + 1 })}
              </RecordLink>
            ))}
          </p>
        )}
        {outcome?.problems.slice(0, named).map((one) => (
          <p key={one.id} className={classes.problem}>
            {toldText(one.message)}
          </p>
        ))}
        {children}
      </CommandNotice>
    </div>
  );
}
