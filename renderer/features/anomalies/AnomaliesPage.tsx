import { Anchor } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconActivityHeartbeat } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { PageHeader } from '#renderer/ui/PageHeader.tsx';
import { SplitView } from '#renderer/ui/SplitView.tsx';
import { VirtualList } from '#renderer/ui/VirtualList.tsx';
import classes from './Anomalies.module.css';
import { AnomalyDetail } from './AnomalyDetail.tsx';
import { AnomalyDialog } from './AnomalyDialog.tsx';
import type { OpenDialog } from './AnomalyDialog.tsx';
import { AnomalyFilters } from './AnomalyFilters.tsx';
import { AnomalyRow } from './AnomalyRow.tsx';
import { useAnomalyStore } from './anomalyStore.ts';
import { neighbour, triageList } from './triage.ts';
import { useAnomalyActions } from './useAnomalyActions.ts';
import { useTriageRecords } from './useTriageRecords.ts';

const physical = { usePhysicalKeys: true };

/** Triage: the list on one side, the anomaly on the other, everything from the keyboard. */
export function AnomaliesPage({ id }: { id?: string }) {
  const { t } = useTranslation('anomalies');
  const store = useAnomalyStore();
  const { records, badges, total, state, problem, partial } = useTriageRecords(store.selected);
  const actions = useAnomalyActions();
  const [dialog, setDialog] = useState<OpenDialog>();
  const [now] = useState(() => Date.now());
  const { select, selected } = store;
  useEffect(() => {
    if (id) select(id);
  }, [id, select]);

  const view = useMemo(
    () => ({ facets: store.facets, text: store.text, showSnoozed: store.showSnoozed, now }),
    [store.facets, store.text, store.showSnoozed, now],
  );
  const shown = useMemo(() => triageList(records, view, selected), [records, view, selected]);
  const current: RecordEnvelope | undefined = shown.find((record) => record.id === selected) ?? shown[0];
  const firstId = current?.id;
  useEffect(() => {
    if (selected === '' && firstId) select(firstId);
  }, [selected, firstId, select]);
  const move = (step: 1 | -1) =>
    select(
      neighbour(
        shown.map((record) => record.id),
        current?.id ?? '',
        step,
      ),
    );
  /** Acting on the first row by default chooses it, so that it stays after the decision. */
  const onChosen = (record: RecordEnvelope, act: (record: RecordEnvelope) => void) => {
    select(record.id);
    act(record);
  };
  const whenPossible = (to: string, act: (record: RecordEnvelope) => void) => () => {
    if (current && !actions.problemOf(current, to)) onChosen(current, act);
  };
  const open = (type: OpenDialog['type']) => (record: RecordEnvelope) => setDialog({ type, record });
  const whenEditable = (act: (record: RecordEnvelope) => void) => () => {
    if (current && actions.mayEdit(current)) onChosen(current, act);
  };
  useHotkeys([
    ['J', () => move(1), physical],
    ['K', () => move(-1), physical],
    ['I', whenPossible('investigating', (record) => void actions.investigate(record)), physical],
    ['R', whenPossible('resolved', open('resolved')), physical],
    ['F', whenPossible('false_positive', open('false_positive')), physical],
    ['A', whenEditable(open('assign')), physical],
    ['S', whenEditable(open('snooze')), physical],
  ]);

  return (
    <div className={classes.page}>
      <PageHeader title={t('title')} description={t('subtitle', { shown: shown.length, total })} />
      <AnomalyFilters records={records} view={view} />
      {partial && (
        <p className={classes.partial} role="note">
          {t('partial.text', partial)}{' '}
          <Anchor component={Link} size="xs" href="/records/anomaly">
            {t('partial.all')}
          </Anchor>
        </p>
      )}
      <div className={classes.body}>
        <SplitView
          words={{ list: t('list'), detail: t('detail') }}
          list={
            shown.length === 0 ? (
              <EmptyState
                icon={<IconActivityHeartbeat size={32} />}
                title={state === 'reading' ? t('reading') : t('empty.title')}
                description={state === 'failed' ? problem : t('empty.text')}
              />
            ) : (
              <VirtualList
                items={shown}
                keyOf={(record) => record.id}
                estimate={72}
                label={t('list')}
                current={current?.id}
                render={(record) => (
                  <AnomalyRow
                    record={record}
                    badge={badges.get(record.id) ?? 'synced'}
                    current={record.id === current?.id}
                    onSelect={() => select(record.id)}
                  />
                )}
              />
            )
          }
          detail={
            current && (
              <AnomalyDetail
                key={current.id}
                record={current}
                badge={badges.get(current.id) ?? 'synced'}
                now={now}
                onDialog={(type) => onChosen(current, open(type))}
              />
            )
          }
        />
      </div>
      {dialog && <AnomalyDialog dialog={dialog} now={now} onClose={() => setDialog(undefined)} />}
    </div>
  );
}
