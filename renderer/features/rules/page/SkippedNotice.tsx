import { IconPlayerPause } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { numberIn, textIn } from '#shared/records/readBody.ts';
import { useAccess } from '#renderer/data/hooks/useAccess.ts';
import { useStepsAccess } from '#renderer/data/hooks/useStepsAccess.ts';
import { useCommand } from '#renderer/data/hooks/useCommand.ts';
import { CommandFrame } from '#renderer/ui/CommandFrame.tsx';
import { GuardedButton } from '#renderer/ui/GuardedButton.tsx';
import { ReasonDialog } from '#renderer/ui/ReasonDialog.tsx';
import { RelativeTime } from '#renderer/ui/RelativeTime.tsx';
import classes from '../Rules.module.css';

/** What a paused rule kept for later, and the way to run it or to let it go. Nothing where it kept nothing. */
export function SkippedNotice({ record }: { record: RecordEnvelope }) {
  const { t } = useTranslation('automation');
  const access = useAccess();
  const command = useCommand();
  const [asked, setAsked] = useState<'runSkipped' | 'discardSkipped'>();
  const steps = useStepsAccess();
  const verdict = steps.ofRule(record);
  const give = async (type: 'runSkipped' | 'discardSkipped') => {
    if (type === 'discardSkipped' || (await steps.prove(verdict)))
      await command.give(type, { ruleId: record.id }, record.tenantId);
  };
  const count = numberIn(record.body, 'skippedCount');
  const pausedAt = textIn(record.body, 'pausedAt');
  if (count === 0 && !command.command) return null;
  const whyNot = access('automation.edit', record) || access('commands.create');
  return (
    <div>
      {count > 0 && (
        <div className={classes.notice} data-testid="skipped">
          <IconPlayerPause size={16} aria-hidden="true" />
          <span className={classes.noticeWords}>
            <b>{t('skipped.title', { count })}</b>{' '}
            {pausedAt !== '' && (
              <span className={classes.quiet}>
                {t('skipped.since')} <RelativeTime instant={pausedAt} />
              </span>
            )}
          </span>
          <GuardedButton
            size="compact-sm"
            variant="default"
            whyNot={whyNot || verdict.whyNot}
            data-testid="run-skipped"
            onClick={() => setAsked('runSkipped')}
          >
            {t('skipped.run')}
          </GuardedButton>
          <GuardedButton
            size="compact-sm"
            variant="subtle"
            color="red"
            whyNot={whyNot}
            onClick={() => setAsked('discardSkipped')}
          >
            {t('skipped.discard')}
          </GuardedButton>
        </div>
      )}
      <CommandFrame control={command} />
      {asked && (
        <ReasonDialog
          reason="none"
          danger={asked === 'discardSkipped'}
          words={{
            title: t(`skipped.${asked}Title`, { count }),
            confirm: t(asked === 'runSkipped' ? 'skipped.run' : 'skipped.discard'),
            cancel: t('cancel'),
          }}
          onClose={() => setAsked(undefined)}
          onConfirm={() => {
            setAsked(undefined);
            void give(asked);
          }}
        >
          {t(`skipped.${asked}Text`)}
        </ReasonDialog>
      )}
    </div>
  );
}
