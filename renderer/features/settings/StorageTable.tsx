import { Loader, Select } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { useSyncPart } from '#renderer/data/hooks/useSyncStatus.ts';
import type { StorageReport } from '#renderer/data/storageReport.ts';
import { isWindowed } from '#renderer/data/sync/windows.ts';
import type { WindowedCollection } from '#renderer/data/sync/windows.ts';
import { ReasonDialog } from '#renderer/ui/ReasonDialog.tsx';
import classes from './Storage.module.css';

type Row = StorageReport['collections'][number];

/** Days to choose from; 0 = everything. */
const windows = [30, 90, 180, 365, 730, 0];

interface StorageTableProps {
  report: StorageReport;
  onChosen: () => Promise<void>;
}

/** Every collection with what is held of it; of the logs a person chooses how much. */
export function StorageTable({ report, onChosen }: StorageTableProps) {
  const { t } = useTranslation(['settings', 'overview']);
  const replica = useReplica();
  const windowText = useWindowText();
  const [working, setWorking] = useState<WindowedCollection>();
  const [asked, setAsked] = useState<{ collection: WindowedCollection; days: number }>();
  const choose = async (collection: WindowedCollection, days: number) => {
    setAsked(undefined);
    setWorking(collection);
    try {
      await replica.chooseWindow(collection, days);
      await onChosen();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      notifications.show({ color: 'red', title: t('storage.notChosen'), message });
    } finally {
      setWorking(undefined);
    }
  };
  const ask = (collection: WindowedCollection, held: number, days: number) => {
    const isLess = days !== 0 && (held === 0 || days < held);
    if (isLess) setAsked({ collection, days });
    else void choose(collection, days);
  };
  // What can be chosen stands first.
  const rows = [...report.collections].sort((left, right) => Number(isFixed(left)) - Number(isFixed(right)));
  return (
    <>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('storage.collection')}</th>
            <th scope="col" className={classes.number}>
              {t('storage.records')}
            </th>
            <th scope="col">{t('storage.oldest')}</th>
            <th scope="col">{t('storage.keep')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <CollectionRow key={row.collection} row={row} working={working} onChoose={ask} />
          ))}
        </tbody>
      </table>
      {asked && (
        <ReasonDialog
          reason="none"
          words={{
            title: t('storage.lessTitle', {
              name: t(`overview:collection.${asked.collection}`),
              days: windowText(asked.days),
            }),
            confirm: t('storage.lessConfirm'),
            cancel: t('storage.cancel'),
          }}
          onClose={() => setAsked(undefined)}
          onConfirm={() => void choose(asked.collection, asked.days)}
        >
          <p className={classes.prose}>{t('storage.lessText', { days: windowText(asked.days) })}</p>
          {asked.collection === 'runs' && <p className={classes.prose}>{t('storage.lessRuns')}</p>}
        </ReasonDialog>
      )}
    </>
  );
}

function isFixed(row: Row): boolean {
  return row.days === undefined;
}

/** Names a window; also one that was set by hand and is not among those to choose from. */
function useWindowText(): (days: number) => string {
  const { t } = useTranslation('settings');
  return (days) => t(`storage.window.${days}`, { defaultValue: t('storage.days', { count: days }) });
}

interface CollectionRowProps {
  row: Row;
  /** The collection whose window is being changed. */
  working: WindowedCollection | undefined;
  onChoose: (collection: WindowedCollection, held: number, days: number) => void;
}

function CollectionRow({ row, working, onChoose }: CollectionRowProps) {
  const { t } = useTranslation(['settings', 'overview']);
  const words = useRecordWords();
  const connection = useSyncPart((status) => status.connection);
  const { collection, days } = row;
  const name = t(`overview:collection.${collection}`);
  const isBusy = working === collection || (row.fetching && connection === 'online');
  const windowText = useWindowText();
  const choices = days === undefined || windows.includes(days) ? windows : [days, ...windows];
  return (
    <tr data-testid={`storage-${collection}`} data-documents={row.documents} aria-busy={isBusy}>
      <th scope="row">{name}</th>
      <td className={classes.number}>{words.number(row.documents)}</td>
      <td>{row.oldest === '' ? '' : words.day(row.oldest.slice(0, 10), 'full')}</td>
      <td className={classes.keep}>
        {days === undefined || !isWindowed(collection) ? (
          <span className={classes.quiet}>{windowText(0)}</span>
        ) : (
          <Select
            size="xs"
            aria-label={t('storage.keepOf', { name })}
            data-testid={`keep-${collection}`}
            value={String(days)}
            data={choices.map((one) => ({ value: String(one), label: windowText(one) }))}
            allowDeselect={false}
            disabled={working !== undefined}
            rightSection={isBusy ? <Loader size={14} /> : undefined}
            onChange={(value) => value !== null && Number(value) !== days && onChoose(collection, days, Number(value))}
          />
        )}
        {row.fetching && days !== undefined && (
          <span className={classes.quiet} role="status">
            {t(connection === 'online' ? 'storage.fetching' : 'storage.waiting')}
          </span>
        )}
      </td>
    </tr>
  );
}
