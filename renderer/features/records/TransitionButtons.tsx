import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { accessTargetOf, decideAccess } from '#shared/domain/access/decideAccess.ts';
import type { Resource } from '#shared/records/defineResource.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { checkTransition, findTransition, statesAfter } from '#shared/records/stateMachine.ts';
import { usePrincipal } from '#renderer/data/hooks/usePrincipal.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { useTransitionSentence } from '#renderer/data/hooks/useTransitionSentence.ts';
import { GuardedButton } from '#renderer/ui/GuardedButton.tsx';
import { ReasonDialog } from '#renderer/ui/ReasonDialog.tsx';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';

interface TransitionButtonsProps {
  resource: Resource;
  record: RecordEnvelope;
}

/** The states that may follow, as buttons; what is not possible for this person stays visible and says why. */
export function TransitionButtons({ resource, record }: TransitionButtonsProps) {
  const { t } = useTranslation('records');
  const problemText = useProblemText();
  const words = useRecordWords();
  const replica = useReplica();
  const principal = usePrincipal();
  const sentence = useTransitionSentence();
  const [asked, setAsked] = useState<string>();
  const machine = resource.states;
  if (!machine || resource.writer === 'server') return null;
  const { kind } = resource;

  const problemOf = (to: string) =>
    checkTransition(
      machine,
      { from: record.status, to, reason: 'given', actor: 'person' },
      `${resource.permission}.edit`,
      (permission) => principal !== undefined && decideAccess(principal, permission, accessTargetOf(record)).allowed,
    );
  const move = async (to: string, reason: string) => {
    setAsked(undefined);
    const result = await replica.edit(kind, record.id, { status: to, ...(reason === '' ? {} : { reason }) });
    if (!result.ok) notifications.show({ color: 'red', title: t('notSaved'), message: problemText(result.error) });
  };
  const needsReason = (to: string) => findTransition(machine, record.status, to)?.requires?.includes('reason') ?? false;
  const final = (to: string) => machine.states[to]?.terminal === true || machine.states[to]?.tone === 'danger';
  return (
    <>
      {statesAfter(machine, record.status).map((to) => {
        const problem = problemOf(to);
        const why = problem ? sentence(kind, problem, record.status, to, accessTargetOf(record)) : '';
        return (
          <GuardedButton
            key={to}
            size="xs"
            variant="default"
            whyNot={why}
            data-testid={`transition-${to}`}
            onClick={() => (needsReason(to) || final(to) ? setAsked(to) : void move(to, ''))}
          >
            {words.state(kind, to)}
          </GuardedButton>
        );
      })}
      {asked !== undefined && (
        <ReasonDialog
          reason={needsReason(asked) ? 'required' : 'optional'}
          danger={machine.states[asked]?.tone === 'danger'}
          words={{
            title: t('move.title', { title: words.title(record), state: words.state(kind, asked) }),
            confirm: t('move.confirm', { state: words.state(kind, asked) }),
            cancel: t('cancel'),
            reason: t('reason'),
            reasonHelp: t('reasonHelp'),
            reasonMissing: t('reasonMissing'),
          }}
          onClose={() => setAsked(undefined)}
          onConfirm={(reason) => void move(asked, reason)}
        />
      )}
    </>
  );
}
