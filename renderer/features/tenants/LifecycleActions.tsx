import { Button, Popover } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconHelpCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { usePrincipal } from '#renderer/data/hooks/usePrincipal.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { useTransitionSentence } from '#renderer/data/hooks/useTransitionSentence.ts';
import { ReasonDialog } from '#renderer/ui/ReasonDialog.tsx';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import { Preflight } from './Preflight.tsx';
import classes from './Tenants.module.css';
import { transitionOptions } from './transitionPreview.ts';
import type { TransitionOption } from './transitionPreview.ts';

/** The moves a tenant can make now as buttons, and for every other state why not. */
export function LifecycleActions({ record }: { record: RecordEnvelope }) {
  const { t } = useTranslation('tenants');
  const problemText = useProblemText();
  const principal = usePrincipal();
  const replica = useReplica();
  const words = useRecordWords();
  const [asked, setAsked] = useState<TransitionOption>();
  const options = transitionOptions(record, principal);
  const possible = options.filter((option) => !option.problem);
  const impossible = options.filter((option) => option.problem);

  const move = async (to: string, reason: string) => {
    setAsked(undefined);
    const result = await replica.edit('tenant', record.id, { status: to, ...(reason === '' ? {} : { reason }) });
    if (!result.ok)
      notifications.show({ color: 'red', title: t('transition.failed'), message: problemText(result.error) });
  };
  return (
    <>
      {possible.map((option) => (
        <Button
          key={option.to}
          size="xs"
          variant="default"
          color={option.dangerous ? 'red' : undefined}
          data-testid={`transition-${option.to}`}
          onClick={() => (option.dangerous || option.needsReason ? setAsked(option) : void move(option.to, ''))}
        >
          {t(`act.${option.to}`)}
        </Button>
      ))}
      {impossible.length > 0 && <WhyNot record={record} options={impossible} />}
      {asked && (
        <ReasonDialog
          wide
          danger={asked.dangerous}
          reason={asked.needsReason ? 'required' : 'optional'}
          words={{
            title: t('transition.title', { act: t(`act.${asked.to}`), title: words.title(record) }),
            confirm: t(`act.${asked.to}`),
            cancel: t('cancel'),
            reason: t('transition.reason'),
            reasonHelp: t('transition.reasonHelp'),
            reasonMissing: t('transition.reasonMissing'),
          }}
          onClose={() => setAsked(undefined)}
          onConfirm={(reason) => void move(asked.to, reason)}
        >
          <p className={classes.prose}>{t(`effect.${asked.to}`)}</p>
          {asked.dangerous && <Preflight tenantIds={[record.id]} />}
        </ReasonDialog>
      )}
    </>
  );
}

function WhyNot({ record, options }: { record: RecordEnvelope; options: readonly TransitionOption[] }) {
  const { t } = useTranslation('tenants');
  const words = useRecordWords();
  const sentence = useTransitionSentence();
  return (
    <Popover position="bottom-end" width={360} shadow="md" withArrow>
      <Popover.Target>
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          leftSection={<IconHelpCircle size={14} />}
          data-testid="why-not"
        >
          {t('whyNot')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <dl className={classes.whyNot}>
          {options.map(({ to, problem }) => (
            <div key={to}>
              <dt>{words.state('tenant', to)}</dt>
              <dd>{problem && sentence('tenant', problem, record.status, to)}</dd>
            </div>
          ))}
        </dl>
      </Popover.Dropdown>
    </Popover>
  );
}
