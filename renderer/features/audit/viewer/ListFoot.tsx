import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PagedList, RecordQuery } from '#renderer/data/replicaApi.ts';
import { ExportMenu } from '../export/ExportMenu.tsx';
import { JumpTo } from './JumpTo.tsx';
import type { AuditLook } from './useAuditFilters.ts';
import classes from './Foot.module.css';

interface ListFootProps {
  list: PagedList;
  look: AuditLook;
  /** The way to what only the server keeps. */
  older: ReactNode;
  query: RecordQuery;
  descending: boolean;
  onDay: (instant: string) => Promise<void>;
}

/** Below the list: how many entries there are, the way to a day or number, and the way out of the console. */
export function ListFoot({ list, look, older, query, descending, onDay }: ListFootProps) {
  const { t } = useTranslation('audit');
  return (
    <footer className={classes.foot}>
      <span
        className={classes.count}
        role="status"
        data-testid="audit-count"
        data-count={list.count}
        data-counted={list.counted}
      >
        {list.counted
          ? t('list.count', { count: list.count, total: list.total })
          : t('list.counting', { count: list.total })}
      </span>
      {older}
      <span className={classes.spread} />
      <JumpTo
        descending={descending}
        onDay={(instant) => void onDay(instant)}
        onNumber={(number) => look.narrow({ number: String(number) })}
      />
      <ExportMenu filters={look.filters} query={query} count={list.count} />
    </footer>
  );
}
