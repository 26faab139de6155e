import { IconCircleDashed } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MatchLine } from '#renderer/data/simulation/simulationResult.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { VirtualList } from '#renderer/ui/VirtualList.tsx';
import { EventOutcome } from './EventOutcome.tsx';
import type { OutcomeSource } from './outcomeSource.ts';
import { EventRow } from './EventRow.tsx';
import classes from './Result.module.css';

interface MatchedPaneProps {
  lines: readonly MatchLine[];
  /** How an event is simulated again, to see the whole of it. */
  source: OutcomeSource;
  /** Which versions are shown; undefined = all. */
  side?: number;
  label: string;
  empty: { title: string; text: string };
}

/** Events for which the rule runs, and of the chosen one everything it would do. */
export function MatchedPane({ lines, source, side, label, empty }: MatchedPaneProps) {
  const { t } = useTranslation('simulator');
  const [chosen, setChosen] = useState('');
  const current = lines.find((line) => line.event.id === chosen) ?? lines[0];
  const move = (step: 1 | -1) => {
    const next = lines[lines.findIndex((line) => line.event.id === current?.event.id) + step];
    if (next) setChosen(next.event.id);
  };
  if (!current)
    return <EmptyState icon={<IconCircleDashed size={32} />} title={empty.title} description={empty.text} />;
  return (
    <div className={classes.split}>
      <VirtualList
        items={lines}
        keyOf={(line) => line.event.id}
        estimate={52}
        label={label}
        current={current.event.id}
        className={classes.list}
        onKeyDown={(event) => {
          const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : undefined;
          if (step === undefined) return;
          event.preventDefault();
          move(step);
        }}
        render={(line) => (
          <EventRow
            event={line.event}
            runs={side === undefined ? line.runs : [line.runs[side] ?? null]}
            current={line.event.id === current.event.id}
            onSelect={() => setChosen(line.event.id)}
          />
        )}
      />
      <div className={classes.detail} tabIndex={0} role="region" aria-label={t('detail')}>
        <EventOutcome key={current.event.id} eventId={current.event.id} source={source} />
      </div>
    </div>
  );
}
