import { Switch, TextInput } from '@mantine/core';
import { IconPlus, IconSearch, IconTag } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { textIn } from '#shared/records/readBody.ts';
import { useAccess } from '#renderer/data/hooks/useAccess.ts';
import { useRecordGroups } from '#renderer/data/hooks/useRecordGroups.ts';
import { useRecordList } from '#renderer/data/hooks/useRecordList.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { GuardedButton } from '#renderer/ui/GuardedButton.tsx';
import list from '#renderer/ui/ListPage.module.css';
import { PageHeader } from '#renderer/ui/PageHeader.tsx';
import { RecordLink } from '#renderer/ui/RecordLink.tsx';
import { SplitView } from '#renderer/ui/SplitView.tsx';
import { VirtualList } from '#renderer/ui/VirtualList.tsx';
import { useNow } from '#renderer/ui/useNow.ts';
import { EventTypeDetail } from './EventTypeDetail.tsx';
import classes from './EventTypes.module.css';

const day = 86_400_000;
const daysCounted = 30;

type Item = { type: 'module'; module: string; count: number } | { type: 'entry'; record: RecordEnvelope; used: number };

/** The catalogue: every event that may be sent, by module, with how often it was; one of them open beside. */
export function EventTypesPage({ id }: { id: string }) {
  const { t } = useTranslation('automation');
  const words = useRecordWords();
  const access = useAccess();
  const [, navigate] = useLocation();
  const [text, setText] = useState('');
  const [onlyActive, setOnlyActive] = useState(false);
  const today = Math.floor(useNow() / day);
  const found = useRecordList({
    kind: 'eventType',
    search: text,
    filters: onlyActive ? [{ path: 'body.isActive', operator: 'is', value: true }] : [],
    sort: [
      { path: 'body.module', descending: false },
      { path: 'body.code', descending: false },
    ],
  });
  const groups = useRecordGroups(
    {
      kind: 'event',
      filters: [
        {
          path: 'body.occurredAt',
          operator: 'greater',
          value: new Date((today - daysCounted) * day).toISOString().slice(0, 10),
        },
      ],
    },
    [{ path: 'body.module' }, { path: 'body.code' }],
  );
  const items = useMemo(() => {
    const used = new Map((groups ?? []).map(({ values, count }) => [`${values[0]}.${values[1]}`, count]));
    const byModule = Map.groupBy(found.rows, ({ record }) => textIn(record.body, 'module'));
    return [...byModule].flatMap(([module, rows]): Item[] => [
      { type: 'module', module, count: rows.length },
      ...rows.map(({ record }): Item => ({
        type: 'entry',
        record,
        used: used.get(words.title(record).toLowerCase()) ?? 0,
      })),
    ]);
  }, [found.rows, groups, words]);
  const chosen = id === '' ? items.find((item) => item.type === 'entry')?.record.id : id;
  return (
    <div className={list.page}>
      <PageHeader
        title={words.kinds('eventType')}
        actions={
          <div className={list.actions}>
            <span className={list.count} role="status">
              {t('count', { shown: found.count, total: found.total })}
            </span>
            <GuardedButton
              leftSection={<IconPlus size={14} />}
              whyNot={access('automation.create', { tenantId: '' })}
              data-testid="new-event-type"
              onClick={() => navigate('/event-types/new')}
            >
              {t('eventTypes.new')}
            </GuardedButton>
          </div>
        }
      />
      <div className={classes.split}>
        <SplitView
          words={{ list: words.kinds('eventType'), detail: words.kind('eventType') }}
          list={
            <>
              <div className={classes.filters}>
                <TextInput
                  className={classes.search}
                  type="search"
                  aria-label={t('search')}
                  placeholder={t('search')}
                  leftSection={<IconSearch size={14} />}
                  value={text}
                  data-testid="event-type-search"
                  onChange={(event) => setText(event.currentTarget.value)}
                />
                <Switch
                  label={t('eventTypes.onlyActive')}
                  checked={onlyActive}
                  onChange={(event) => setOnlyActive(event.currentTarget.checked)}
                />
              </div>
              {items.length === 0 ? (
                <EmptyState
                  icon={<IconTag size={32} />}
                  title={t(found.state === 'reading' ? 'reading' : 'eventTypes.noneFound')}
                />
              ) : (
                <VirtualList
                  items={items}
                  keyOf={(item) => (item.type === 'module' ? `module ${item.module}` : item.record.id)}
                  estimate={34}
                  label={words.kinds('eventType')}
                  current={chosen}
                  render={(item) =>
                    item.type === 'module' ? (
                      <h2 className={classes.module}>
                        <span>{item.module}</span>
                        <span className={classes.quiet}>{words.number(item.count)}</span>
                      </h2>
                    ) : (
                      <Entry record={item.record} used={item.used} current={item.record.id === chosen} />
                    )
                  }
                />
              )}
            </>
          }
          detail={<EventTypeDetail key={chosen ?? 'none'} id={chosen ?? ''} />}
        />
      </div>
    </div>
  );
}

function Entry({ record, used, current }: { record: RecordEnvelope; used: number; current: boolean }) {
  const { t } = useTranslation('automation');
  const words = useRecordWords();
  const on = record.body['isActive'] === true;
  return (
    <div className={classes.entry} data-current={current || undefined} data-off={!on || undefined}>
      <RecordLink kind="eventType" id={record.id}>
        <span dir="ltr">{textIn(record.body, 'code')}</span>
      </RecordLink>
      {!on && <span className={classes.quiet}>{t('eventTypes.off')}</span>}
      <span className={classes.used} title={t('eventTypes.usedTitle', { days: daysCounted })}>
        {used === 0 ? '' : words.number(used)}
      </span>
    </div>
  );
}
