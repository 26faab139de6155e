import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import type { Problem } from '#shared/kernel/errors.ts';
import type { Result } from '#shared/kernel/result.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import type { InboxEntry, RecordPatch } from '#renderer/data/replicaApi.ts';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import type { ConflictEntry } from './ConflictCard.tsx';
import { useInboxStore } from './inboxStore.ts';
import { patchOfChoices } from './resolution.ts';
import type { Choices } from './resolution.ts';
import { titleOfEntry } from './titleOfEntry.ts';

/** Carries decisions out, each with a toast that takes it back, or says why it could not be. */
export function useResolve() {
  const { t } = useTranslation('inbox');
  const problemText = useProblemText();
  const words = useRecordWords();
  const replica = useReplica();
  const forget = useInboxStore((state) => state.forget);

  const refused = (problem: Problem) =>
    notifications.show({ color: 'red', title: t('toast.failed'), message: problemText(problem), autoClose: 10_000 });

  const reopen = async (entryId: string) => {
    notifications.hide(entryId);
    const result = await replica.restoreInbox(entryId);
    if (!result.ok) refused(result.error);
  };

  const settle = async (entry: InboxEntry, chosen: RecordPatch | 'theirs', said: string): Promise<boolean> => {
    const result: Result<undefined, Problem> = await replica.resolveInbox(entry.id, chosen);
    if (!result.ok) {
      refused(result.error);
      return false;
    }
    forget(entry.id);
    notifications.show({
      id: entry.id,
      autoClose: 10_000,
      title: t(said, { title: titleOfEntry(entry, words) }),
      message: (
        <Button variant="subtle" size="compact-sm" data-testid="undo" onClick={() => void reopen(entry.id)}>
          {t('toast.undo')}
        </Button>
      ),
    });
    return true;
  };

  const applyChoices = async (entry: ConflictEntry, choices: Choices) => {
    const stored = await replica.get(entry.kind, entry.recordId);
    const current = stored?.record ?? (isTombstone(entry.theirs) ? undefined : entry.theirs);
    if (!current) {
      refused({ code: 'gone', message: t('toast.gone') });
      return;
    }
    await settle(entry, patchOfChoices(current, entry.conflicts, choices), 'toast.resolved');
  };

  /** Deletes a record that others edited meanwhile, because the person still wants it gone. */
  const deleteAnyway = async (entry: ConflictEntry) => {
    const removed = await replica.remove(entry.kind, entry.recordId);
    if (!removed.ok) refused(removed.error);
    else await settle(entry, 'theirs', 'toast.deleted');
  };

  return { settle, applyChoices, deleteAnyway, reopen };
}
