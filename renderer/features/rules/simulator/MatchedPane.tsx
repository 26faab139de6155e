import { IconCircleDashed } from '@tabler/icons-react';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MatchLine } from '#renderer/data/simulation/simulationResult.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { EventOutcome } from './EventOutcome.tsx';
import { EventRow } from './EventRow.tsx';
import type { OutcomeSource } from './outcomeSource.ts';
import { ResultList } from './ResultList.tsx';
import classes from './Result.module.css';

interface MatchedPaneProps {
  lines: readonly MatchLine[];
  /** How an event is simulated again, to see the whole of it. */
  source: OutcomeSource;
  /** Which version is shown; undefined = all. */
  side?: number;
  label: string;
  emptyTitle: string;
  emptyText: string;
}

/** Pixels of a row with two lines. */
const rowHeight = 51;

/** Events for which the rule runs, and of the chosen one everything it would do. Drawn again only for other lines. */
export const MatchedPane = memo(({ lines, source, side, label, emptyTitle, emptyText }: MatchedPaneProps) => {
  const { t } = useTranslation('simulator');
  const [chosen, setChosen] = useState(0);
  const current = lines[chosen] ?? lines[0];
  if (!current) return <EmptyState icon={<IconCircleDashed size={32} />} title={emptyTitle} description={emptyText} />;
  return (
    <div className={classes.split}>
      <ResultList
        items={lines}
        keyOf={(line) => line.event.id}
        rowHeight={rowHeight}
        label={label}
        subject={`${side ?? 'all'}`}
        current={chosen}
        onCurrent={setChosen}
        render={(line, index) => (
          <EventRow
            event={line.event}
            runs={side === undefined ? line.runs : [line.runs[side] ?? null]}
            current={line.event.id === current.event.id}
            onSelect={() => setChosen(index)}
          />
        )}
      />
      <div className={classes.detail} tabIndex={0} role="region" aria-label={t('detail')}>
        <EventOutcome eventId={current.event.id} source={source} />
      </div>
    </div>
  );
});
MatchedPane.displayName = 'MatchedPane';
