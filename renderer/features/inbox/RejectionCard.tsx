import { Alert, Button, Textarea } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Json } from '#shared/kernel/json.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import { recordDifferences } from '#shared/records/recordDifferences.ts';
import { useProof } from '#renderer/data/hooks/useReauthentication.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import type { InboxEntry, RecordPatch } from '#renderer/data/replicaApi.ts';
import { FieldDiff } from '#renderer/ui/FieldDiff.tsx';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import { EntryCard } from './EntryCard.tsx';
import classes from './Inbox.module.css';
import { useInboxStore } from './inboxStore.ts';
import { patchOfValues } from './resolution.ts';
import { useResolve } from './useResolve.tsx';
import { ValueEditor } from './ValueEditor.tsx';

export type RejectionEntry = Extract<InboxEntry, { type: 'rejection' }>;

const noCorrections: Readonly<Record<string, Json>> = {};

/** An edit the server refused: why, what it holds now against what was typed, and editing it to send once more. */
export function RejectionCard({ entry, current }: { entry: RejectionEntry; current: boolean }) {
  const { t } = useTranslation('inbox');
  const problemText = useProblemText();
  const words = useRecordWords();
  const { settle } = useResolve();
  const [editing, setEditing] = useState(false);
  const [reason, setReason] = useState(entry.reason ?? '');
  const corrections = useInboxStore((state) => state.corrections[entry.id] ?? noCorrections);
  const correct = useInboxStore((state) => state.correct);
  const typed = recordDifferences(entry.current, entry.mine).filter(({ after }) => after !== undefined);
  const valueOf = (path: string, after: Json | undefined) =>
    Object.hasOwn(corrections, path) ? corrections[path] : after;
  const ended = entry.problem.code === 'session_revoked';
  const asksReason = editing && typed.some(({ path }) => path === 'status');
  const prove = useProof();
  const needsProof = entry.problem.code === 'reauthentication_required';
  const resend = async () => {
    // The server refused it for want of a proof only: with one it is sent as it was.
    if (needsProof && !(await prove())) return;
    const values = typed.map(({ path, after }) => ({ path, value: valueOf(path, after) }));
    const patch = patchToSend(entry, values);
    void settle(
      entry,
      patch === 'theirs' || reason.trim() === '' ? patch : { ...patch, reason: reason.trim() },
      'toast.resent',
    );
  };
  return (
    <EntryCard
      entry={entry}
      current={current}
      testId={`rejection-${entry.recordId}`}
      explanation={
        <Alert
          color="red"
          variant="light"
          icon={<IconInfoCircle size={18} />}
          title={t(`code.${entry.problem.code}`)}
          data-testid="rejection-reason"
        >
          {ended ? t('rejection.sealed') : problemText(entry.problem)}
          {entry.problem.path && (
            <p className={classes.path}>
              {t('rejection.where', { field: words.field(entry.kind, entry.problem.path) })}
            </p>
          )}
        </Alert>
      }
    >
      {isTombstone(entry.mine) && <p>{t('rejection.deletion')}</p>}
      {typed.length > 0 && (
        <FieldDiff
          words={{
            caption: t('rejection.caption'),
            field: t('field'),
            before: t('rejection.server'),
            after: t('rejection.typed'),
          }}
          rows={typed.map(({ path, before, after }) => ({
            key: path,
            label: words.field(entry.kind, path),
            before: words.value(entry.kind, path, before),
            after: editing ? (
              <ValueEditor
                label={words.field(entry.kind, path)}
                value={valueOf(path, after)}
                options={words.options(entry.kind, path)}
                onChange={(value) => correct(entry.id, path, value)}
              />
            ) : (
              words.value(entry.kind, path, valueOf(path, after))
            ),
          }))}
        />
      )}
      {asksReason && (
        <Textarea
          label={t('rejection.reason')}
          autosize
          minRows={1}
          data-testid="reason"
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      {!entry.resolved && (
        <footer className={classes.actions}>
          <span className={classes.spread} />
          <Button
            variant="default"
            size="xs"
            data-testid="discard"
            onClick={() => void settle(entry, 'theirs', 'toast.discarded')}
          >
            {t('rejection.discard')}
          </Button>
          {typed.length > 0 && !editing && (
            <Button variant="default" size="xs" data-testid="edit-rejected" onClick={() => setEditing(true)}>
              {t('rejection.edit')}
            </Button>
          )}
          {typed.length > 0 && (
            <Button size="xs" data-testid="resend" onClick={() => void resend()}>
              {t(needsProof ? 'rejection.confirmAndResend' : 'rejection.resend')}
            </Button>
          )}
        </footer>
      )}
    </EntryCard>
  );
}

/** On a record the server has, only what differs; otherwise the whole of what was typed. */
function patchToSend(
  entry: RejectionEntry,
  values: { path: string; value: Json | undefined }[],
): RecordPatch | 'theirs' {
  const { mine, current } = entry;
  if (current && !isTombstone(current)) return patchOfValues(current, values);
  if (isTombstone(mine)) return 'theirs';
  const corrected = patchOfValues({ ...mine, body: mine.body }, values);
  const changes = corrected === 'theirs' ? {} : corrected;
  return { assignedTo: mine.assignedTo, ...changes, body: { ...mine.body, ...changes.body } };
}
