import { Alert } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { commandResultSchema } from '#shared/domain/automation/commands.ts';
import type { CommandControl } from '#renderer/data/hooks/useCommand.ts';
import { CommandNotice } from '#renderer/ui/CommandNotice.tsx';
import { RecordLink } from '#renderer/ui/RecordLink.tsx';
import classes from './RuleCommand.module.css';

/** Runs that a result names; beyond them there is a count. */
const linksShown = 5;

/** How the command last given on this page goes, and what came of it. */
export function RuleCommand({ control }: { control: CommandControl }) {
  const { t } = useTranslation('automation');
  const { command, problem, abort, forget } = control;
  if (problem)
    return (
      <Alert color="red" mx="lg" withCloseButton closeButtonLabel={t('close')} title={t('failed')} onClose={forget}>
        {problem.message}
      </Alert>
    );
  if (!command) return null;
  const result = commandResultSchema.safeParse(command.result);
  const runs = result.success ? result.data.runIds : [];
  return (
    <div className={classes.frame}>
      <CommandNotice
        command={command}
        title={t(`commandType.${command.type}`)}
        onAbort={() => void abort()}
        onClose={forget}
      >
        {command.ended && result.success && (
          <p className={classes.result}>
            {t('command.result', result.data)}
            {runs.slice(0, linksShown).map((id, index) => (
              <RecordLink key={id} kind="run" id={id}>
                {t('command.run', { number: index + 1 })}
              </RecordLink>
            ))}
          </p>
        )}
        {command.ended &&
          result.success &&
          result.data.problems.slice(0, linksShown).map((one) => (
            <p key={one.id} className={classes.result}>
              {one.message}
            </p>
          ))}
      </CommandNotice>
    </div>
  );
}
