import { Kbd, Switch } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconInbox } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { unreachable } from '#shared/kernel/exhaustive.ts';
import type { InboxEntry } from '#renderer/data/replicaApi.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { VirtualList } from '#renderer/ui/VirtualList.tsx';
import { CleanedDraftCard } from './CleanedDraftCard.tsx';
import { ConflictCard } from './ConflictCard.tsx';
import classes from './Inbox.module.css';
import { useInboxStore } from './inboxStore.ts';
import { InvalidDocumentCard } from './InvalidDocumentCard.tsx';
import { RejectionCard } from './RejectionCard.tsx';
import { conflictShape, undecided } from './resolution.ts';
import { useResolve } from './useResolve.tsx';

const physical = { usePhysicalKeys: true };

/** The entries that need a decision, newest first. J and K move, 1 takes mine, 2 takes theirs, Enter applies. */
export function DecisionsTab({ entries }: { entries: readonly InboxEntry[] }) {
  const { t } = useTranslation('inbox');
  const { current, showResolved, choices, setCurrent, setShowResolved, choose } = useInboxStore();
  const { applyChoices } = useResolve();
  const shown = entries
    .filter((entry) => showResolved || !entry.resolved)
    .sort((left, right) => Number(left.resolved) - Number(right.resolved) || right.at.localeCompare(left.at));
  const index = Math.max(
    0,
    shown.findIndex((entry) => entry.id === current),
  );
  const active = shown[index];

  const move = (step: 1 | -1) => {
    const next = shown[Math.min(shown.length - 1, Math.max(0, index + step))];
    if (next) setCurrent(next.id);
  };
  /** Decides the next open field of the current conflict, or turns the last one around when all are decided. */
  const take = (side: 'mine' | 'theirs') => {
    if (active?.type !== 'conflict' || active.resolved || conflictShape(active.mine, active.theirs) !== 'fields')
      return;
    const open = undecided(active.conflicts, choices[active.id] ?? {});
    const path = (open[0] ?? active.conflicts.at(-1))?.path;
    if (path !== undefined) choose(active.id, path, { take: side });
  };
  const apply = () => {
    if (active?.type !== 'conflict' || active.resolved) return;
    const chosen = choices[active.id] ?? {};
    if (active.conflicts.length > 0 && undecided(active.conflicts, chosen).length === 0)
      void applyChoices(active, chosen);
  };
  useHotkeys(
    [
      ['J', () => move(1), physical],
      ['K', () => move(-1), physical],
      ['Digit1', () => take('mine'), physical],
      ['Digit2', () => take('theirs'), physical],
      ['Enter', apply],
    ],
    ['INPUT', 'TEXTAREA', 'SELECT', 'BUTTON', 'A'],
  );

  const resolved = entries.filter((entry) => entry.resolved).length;
  return (
    <>
      <div className={classes.toolbar} hidden={shown.length === 0 && resolved === 0}>
        {shown.length > 0 && (
          <span>
            <Kbd size="xs">J</Kbd> <Kbd size="xs">K</Kbd> {t('keys.move')} · <Kbd size="xs">1</Kbd> {t('keys.mine')} ·{' '}
            <Kbd size="xs">2</Kbd> {t('keys.theirs')} · <Kbd size="xs">Enter</Kbd> {t('keys.apply')}
          </span>
        )}
        <span className={classes.spread} />
        {resolved > 0 && (
          <Switch
            size="xs"
            label={t('showResolved', { count: resolved })}
            checked={showResolved}
            onChange={(event) => setShowResolved(event.currentTarget.checked)}
          />
        )}
      </div>
      {shown.length === 0 ? (
        <EmptyState icon={<IconInbox size={32} />} title={t('empty.title')} description={t('empty.text')} />
      ) : (
        <VirtualList
          items={shown}
          keyOf={(entry) => entry.id}
          estimate={260}
          label={t('tab.decisions')}
          current={active?.id}
          render={(entry) => <EntryOf entry={entry} current={entry.id === active?.id} />}
        />
      )}
    </>
  );
}

function EntryOf({ entry, current }: { entry: InboxEntry; current: boolean }) {
  switch (entry.type) {
    case 'conflict':
      return <ConflictCard entry={entry} current={current} />;
    case 'rejection':
      return <RejectionCard entry={entry} current={current} />;
    case 'invalid_document':
      return <InvalidDocumentCard entry={entry} current={current} />;
    case 'draft_cleaned':
      return <CleanedDraftCard entry={entry} current={current} />;
    default:
      return unreachable(entry);
  }
}
