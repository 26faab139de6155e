import { Button } from '@mantine/core';
import { IconPlayerStop, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAccess } from '#renderer/data/hooks/useAccess.ts';
import { useStepsAccess } from '#renderer/data/hooks/useStepsAccess.ts';
import { useCommand } from '#renderer/data/hooks/useCommand.ts';
import type { Selection } from '#renderer/data/list/selection.ts';
import { CommandFrame } from '#renderer/ui/CommandFrame.tsx';
import { GuardedButton } from '#renderer/ui/GuardedButton.tsx';
import list from '#renderer/ui/ListPage.module.css';
import { ReasonDialog } from '#renderer/ui/ReasonDialog.tsx';
import { canCancel, canRetry } from './runActs.ts';

/** What can be done with the selected runs, and how the last command for them goes. */
export function RunSelectionBar({ selected, onClear }: { selected: Selection; onClear: () => void }) {
  const { t } = useTranslation('automation');
  const access = useAccess();
  const command = useCommand();
  const [asked, setAsked] = useState<'retryRuns' | 'cancelRuns'>();
  const chosen = [...selected.values()];
  const retryable = chosen.filter(canRetry);
  const cancellable = chosen.filter(canCancel);
  const whyNot = access('runs.edit') || access('commands.create');
  const steps = useStepsAccess();
  const verdicts = retryable.map((run) => steps.ofRun(run));
  const barred = verdicts.find((one) => one.whyNot !== '')?.whyNot ?? '';
  const retry = async () => {
    if (await steps.prove(...verdicts)) await command.give('retryRuns', { runIds: retryable.map((run) => run.id) });
  };
  const give = (reason: string) => {
    if (asked === 'retryRuns') void retry();
    if (asked === 'cancelRuns') void command.give('cancelRuns', { runIds: cancellable.map((run) => run.id), reason });
    setAsked(undefined);
  };
  return (
    <>
      <CommandFrame control={command} />
      {selected.size > 0 && (
        <div className={list.selection} role="toolbar" aria-label={t('table.selected', { count: selected.size })}>
          <b data-testid="selected-count">{t('table.selected', { count: selected.size })}</b>
          <GuardedButton
            size="compact-sm"
            variant="default"
            leftSection={<IconRefresh size={14} />}
            whyNot={whyNot || barred || (retryable.length === 0 ? t('runs.noneToRetry') : '')}
            data-testid="retry-selected"
            onClick={() => setAsked('retryRuns')}
          >
            {t('runs.retryMany', { count: retryable.length })}
          </GuardedButton>
          <GuardedButton
            size="compact-sm"
            variant="default"
            leftSection={<IconPlayerStop size={14} />}
            whyNot={whyNot || (cancellable.length === 0 ? t('runs.noneToCancel') : '')}
            data-testid="cancel-selected"
            onClick={() => setAsked('cancelRuns')}
          >
            {t('runs.cancelMany', { count: cancellable.length })}
          </GuardedButton>
          <Button size="compact-sm" variant="subtle" color="gray" onClick={onClear}>
            {t('table.clear')}
          </Button>
        </div>
      )}
      {asked && (
        <ReasonDialog
          reason={asked === 'cancelRuns' ? 'optional' : 'none'}
          danger={asked === 'cancelRuns'}
          words={{
            title: t(asked === 'retryRuns' ? 'runs.retryManyTitle' : 'runs.cancelManyTitle', {
              count: asked === 'retryRuns' ? retryable.length : cancellable.length,
            }),
            confirm: t(asked === 'retryRuns' ? 'runs.retry' : 'runs.cancel'),
            cancel: t('back'),
            reason: t('reason'),
          }}
          onClose={() => setAsked(undefined)}
          onConfirm={give}
        >
          {t(asked === 'retryRuns' ? 'runs.retryText' : 'runs.cancelText')}
        </ReasonDialog>
      )}
    </>
  );
}
