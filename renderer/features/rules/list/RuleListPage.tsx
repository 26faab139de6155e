import { Button, Menu } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import {
  IconBolt,
  IconDatabaseSearch,
  IconDotsVertical,
  IconDownload,
  IconPlus,
  IconSearchOff,
  IconTemplate,
  IconUpload,
} from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useTenantFilter } from '#renderer/data/hooks/tenantFilter.ts';
import { useAccess } from '#renderer/data/hooks/useAccess.ts';
import { useAutomationWords } from '#renderer/data/hooks/useAutomationWords.ts';
import { useCurrentRow } from '#renderer/data/hooks/useCurrentRow.ts';
import { useRecordGroups } from '#renderer/data/hooks/useRecordGroups.ts';
import { useRecordPages } from '#renderer/data/hooks/useRecordPages.ts';
import { useRecordSelection } from '#renderer/data/hooks/useRecordSelection.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import type { ReplicaRecord } from '#renderer/data/replicaApi.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { GuardedButton } from '#renderer/ui/GuardedButton.tsx';
import { GuardedMenuItem } from '#renderer/ui/GuardedMenuItem.tsx';
import list from '#renderer/ui/ListPage.module.css';
import { ListTable } from '#renderer/ui/ListTable.tsx';
import { PageHeader } from '#renderer/ui/PageHeader.tsx';
import { recordPath } from '#renderer/ui/recordPath.ts';
import { ImportRulesDialog } from '../exchange/ImportRulesDialog.tsx';
import { useRuleExport } from '../exchange/useRuleExport.ts';
import { TemplateCards } from '../templates/TemplateCards.tsx';
import classes from '../Rules.module.css';
import { RuleFilterBar } from './RuleFilterBar.tsx';
import { RuleSelectionBar } from './RuleSelectionBar.tsx';
import { ruleColumns } from './ruleColumns.tsx';
import { isNarrowed, listFiltersOf } from './ruleFilters.ts';
import { useRuleListStore } from './ruleListStore.ts';
import { useFailingRules, useRuleFigures } from './useRuleFigures.ts';

/** Milliseconds without a key before a search is asked. */
const typingPause = 120;
/** Rules whose figures are asked for together, whichever of them are in sight: scrolling asks seldom. */
const figurePage = 50;
/** A name and a quiet line below it. */
const rowHeight = 48;
const keyOf = (row: ReplicaRecord) => row.record.id;

/** The rules of the platform and its tenants: which are on, what sets them off, and how they do. */
export function RuleListPage() {
  const { t } = useTranslation('automation');
  const words = useRecordWords();
  const automation = useAutomationWords();
  const access = useAccess();
  const [, navigate] = useLocation();
  const tenantId = useTenantFilter();
  const { filters, sort, order, reset } = useRuleListStore();
  const [search] = useDebouncedValue(filters.text, typingPause);
  const failing = useFailingRules(filters.failing);
  const tags = useTagsInUse();
  const pages = useRecordPages({
    kind: 'rule',
    tenantId,
    filters: listFiltersOf(filters, failing.ids),
    search: filters.text === '' ? '' : search,
    sort,
  });
  const [current, setCurrent] = useCurrentRow(pages);
  const selection = useRecordSelection(pages);
  const [sight, setSight] = useState({ first: 0, last: figurePage - 1 });
  const inSight = useMemo(() => idsBetween(pages.list.rowAt, sight), [pages.list, sight]);
  const figures = useRuleFigures(inSight);
  const [importing, setImporting] = useState(false);
  const exportRules = useRuleExport();
  const columns = useMemo(() => ruleColumns({ t, words, automation, figures }), [t, words, automation, figures]);
  const whyNotCreate = access('automation.create');
  const show = (first: number, last: number) => {
    pages.reader.show(first, last);
    const next = {
      first: Math.floor(first / figurePage) * figurePage,
      last: Math.ceil((last + 1) / figurePage) * figurePage - 1,
    };
    setSight((now) => (now.first === next.first && now.last === next.last ? now : next));
  };
  return (
    <div className={list.page}>
      <PageHeader
        title={words.kinds('rule')}
        actions={
          <div className={list.actions}>
            <span className={list.count} role="status" data-testid="list-count">
              {t('count', { shown: pages.list.count, total: pages.list.total })}
            </span>
            <Menu position="bottom-end">
              <Menu.Target>
                <Button variant="default" leftSection={<IconDotsVertical size={14} />}>
                  {t('more')}
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <GuardedMenuItem
                  leftSection={<IconUpload size={14} />}
                  whyNot={whyNotCreate}
                  data-testid="import-rules"
                  onClick={() => setImporting(true)}
                >
                  {t('exchange.import')}
                </GuardedMenuItem>
                <Menu.Item
                  leftSection={<IconDownload size={14} />}
                  data-testid="export-rules"
                  onClick={() => void exportRules(pages.query)}
                >
                  {t('exchange.exportAll', { count: pages.list.count })}
                </Menu.Item>
                <Menu.Item leftSection={<IconDatabaseSearch size={14} />} onClick={() => navigate('/records/rule')}>
                  {t('rules.asRecords')}
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
            <GuardedButton
              variant="default"
              leftSection={<IconTemplate size={14} />}
              whyNot={whyNotCreate}
              data-testid="from-template"
              onClick={() => navigate('/rules/templates')}
            >
              {t('rules.fromTemplate')}
            </GuardedButton>
            <GuardedButton
              leftSection={<IconPlus size={14} />}
              whyNot={whyNotCreate}
              data-testid="new-rule"
              onClick={() => navigate('/rules/new')}
            >
              {t('rules.new')}
            </GuardedButton>
          </div>
        }
      />
      <RuleFilterBar tags={tags} />
      {selection.selected.size > 0 && (
        <RuleSelectionBar
          selected={selection.selected}
          onExport={() => void exportRules([...selection.selected.values()])}
          onClear={selection.clear}
        />
      )}
      {pages.list.count === 0 ? (
        <NoRules
          state={filters.failing && !failing.known ? 'reading' : pages.list.state}
          narrowed={isNarrowed(filters) || tenantId !== ''}
          problem={pages.list.problem ?? ''}
          onClear={reset}
        />
      ) : (
        <ListTable
          list={pages.list}
          onShow={show}
          subject={JSON.stringify(pages.query)}
          keyOf={keyOf}
          columns={columns}
          sort={sort}
          onSort={order}
          selection={selection}
          current={current}
          onCurrent={setCurrent}
          onOpen={(id) => navigate(recordPath('rule', id, false))}
          onEdit={(id) => navigate(`/rules/${encodeURIComponent(id)}/edit`)}
          rowHeight={rowHeight}
          words={{
            table: words.kinds('rule'),
            selectAll: t('table.selectAll'),
            selectRow: (row) => t('table.selectRow', { title: words.title(row.record) }),
            sortHint: t('table.sortHint'),
          }}
        />
      )}
      {importing && <ImportRulesDialog onClose={() => setImporting(false)} />}
    </div>
  );
}

/** Tags of all rules, as the replica keeps them for comparing: in lower case. */
function useTagsInUse(): readonly string[] {
  const groups = useRecordGroups({ kind: 'rule' }, [{ path: 'body.tags' }]);
  return useMemo(() => {
    const tags = (groups ?? []).flatMap(({ values }) => String(values[0] ?? '').split('\u001f'));
    return [...new Set(tags)].filter((tag) => tag !== '').sort((left, right) => left.localeCompare(right));
  }, [groups]);
}

function idsBetween(
  rowAt: (index: number) => ReplicaRecord | undefined,
  { first, last }: { first: number; last: number },
): string[] {
  const ids: string[] = [];
  for (let index = first; index <= last; index += 1) {
    const row = rowAt(index);
    if (row) ids.push(row.record.id);
  }
  return ids.sort();
}

interface NoRulesProps {
  state: 'reading' | 'ready' | 'failed';
  narrowed: boolean;
  problem: string;
  onClear: () => void;
}

function NoRules({ state, narrowed, problem, onClear }: NoRulesProps) {
  const { t } = useTranslation('automation');
  const access = useAccess();
  const noRight = access('automation.view');
  if (state === 'reading') return <EmptyState icon={<IconBolt size={32} />} title={t('reading')} />;
  if (state === 'failed')
    return <EmptyState icon={<IconBolt size={32} />} title={t('notReadable')} description={problem} />;
  if (noRight !== '')
    return <EmptyState icon={<IconBolt size={32} />} title={t('rules.noRight')} description={noRight} />;
  if (narrowed)
    return (
      <EmptyState
        icon={<IconSearchOff size={32} />}
        title={t('rules.noneFound')}
        description={t('rules.noneFoundText')}
        action={
          <Button variant="default" onClick={onClear}>
            {t('showAll')}
          </Button>
        }
      />
    );
  return (
    <div className={classes.galleryScroll}>
      <div className={classes.emptyTemplates}>
        <EmptyState icon={<IconBolt size={32} />} title={t('rules.empty')} description={t('rules.emptyText')} />
      </div>
      <TemplateCards />
    </div>
  );
}
