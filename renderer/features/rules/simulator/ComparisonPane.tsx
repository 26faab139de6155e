import { useMemo, useState } from 'react';
import { Chip, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { differenceOf } from '#renderer/data/simulation/simulationResult.ts';
import type { ComparisonTally, HistoryTally, MatchLine } from '#renderer/data/simulation/simulationResult.ts';
import { MatchedPane } from './MatchedPane.tsx';
import type { OutcomeSource } from './outcomeSource.ts';
import classes from './Simulator.module.css';

interface ComparisonPaneProps {
  lines: readonly MatchLine[];
  tally: HistoryTally;
  source: OutcomeSource;
}

const differences: readonly (keyof ComparisonTally)[] = ['onlyFirst', 'onlySecond', 'different', 'same', 'unprepared'];

/** Where two versions differ on the same history. */
export function ComparisonPane({ lines, tally, source }: ComparisonPaneProps) {
  const { t } = useTranslation('simulator');
  const counts = tally.comparison ?? { onlyFirst: 0, onlySecond: 0, different: 0, same: 0, unprepared: 0 };
  const [chosen, setChosen] = useState<keyof ComparisonTally>();
  const shown = chosen ?? differences.find((one) => counts[one] > 0) ?? 'onlyFirst';
  const fitting = useMemo(() => lines.filter((line) => differenceOf(line) === shown), [lines, shown]);
  const [first = '', second = ''] = source.names;
  return (
    <>
      <div className={classes.panelHead} role="group" aria-label={t('tab.comparison')}>
        <Chip.Group value={shown} onChange={(value) => setChosen(differences.find((one) => one === value))}>
          <Group gap={4}>
            {differences
              .filter((one) => one !== 'unprepared' || counts.unprepared > 0)
              .map((one) => (
                <Chip key={one} size="xs" radius="sm" value={one} data-testid={`difference-${one}`}>
                  {t(`difference.${one}`, { first, second, count: counts[one] })}
                </Chip>
              ))}
          </Group>
        </Chip.Group>
      </div>
      <MatchedPane
        key={shown}
        lines={fitting}
        source={source}
        label={t('matched.list')}
        emptyTitle={t('difference.none')}
        emptyText={t('difference.noneText')}
      />
    </>
  );
}
