import { useTranslation } from 'react-i18next';
import { useRecordCount } from '#renderer/data/hooks/useRecordCount.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { Figures } from '#renderer/ui/Figures.tsx';
import { RecordLink } from '#renderer/ui/RecordLink.tsx';
import classes from './Engine.module.css';

/** What this console knows of the engine by itself: events and runs that are not done. */
export function LocalEngine({ reading }: { reading: boolean }) {
  const { t } = useTranslation('automation');
  const words = useRecordWords();
  const counts = {
    pending: useRecordCount({
      kind: 'event',
      filters: [{ path: 'status', operator: 'in', value: ['pending', 'processing'] }],
    }),
    failed: useRecordCount({ kind: 'event', filters: [{ path: 'status', operator: 'is', value: 'failed' }] }),
    running: useRecordCount({ kind: 'run', filters: [{ path: 'status', operator: 'is', value: 'running' }] }),
    waiting: useRecordCount({ kind: 'run', filters: [{ path: 'status', operator: 'is', value: 'waiting' }] }),
  };
  const links = {
    pending: '/events',
    failed: '/events/failed',
    running: '/runs?status=running',
    waiting: '/runs?status=waiting',
  };
  return (
    <section aria-busy={reading}>
      <h2 className={classes.heading}>{t('engine.here')}</h2>
      <Figures
        figures={(['pending', 'failed', 'running', 'waiting'] as const).map((key) => ({
          key,
          label: t(`engine.count.${key}`),
          value: (
            <RecordLink kind="" id="" href={links[key]}>
              {counts[key] === undefined ? '…' : words.number(counts[key])}
            </RecordLink>
          ),
          tone: key === 'failed' && (counts.failed ?? 0) > 0 ? ('danger' as const) : ('plain' as const),
        }))}
      />
    </section>
  );
}
