import { Alert, Button, Menu, Progress, SegmentedControl, Tabs } from '@mantine/core';
import { IconCalendarOff, IconDownload } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import { ComparisonPane } from './ComparisonPane.tsx';
import { MatchedPane } from './MatchedPane.tsx';
import { NotMatchedPane } from './NotMatchedPane.tsx';
import { ResultTiles } from './ResultTiles.tsx';
import classes from './Simulator.module.css';
import { useSaveResult } from './useSaveResult.ts';
import type { OverState, RunningState } from './simulate.ts';

interface HistoryResultProps {
  state: RunningState | OverState;
  onAgain: () => void;
}

/** What a stretch of history comes to, while it is simulated and after. */
export function HistoryResult({ state, onAgain }: HistoryResultProps) {
  const { t } = useTranslation('simulator');
  const words = useRecordWords();
  const { source, lines, tally, total } = state;
  const [side, setSide] = useState(0);
  const twoSides = source.names.length > 1;
  const matched = useMemo(
    () => (twoSides ? lines.filter((line) => line.runs[side] !== null) : lines),
    [lines, side, twoSides],
  );
  if (state.state === 'over' && state.end === 'done' && tally.seen === 0)
    return (
      <EmptyState
        icon={<IconCalendarOff size={32} />}
        title={t('empty.title')}
        description={t(total === 0 ? 'empty.text' : 'empty.pattern')}
      />
    );
  const chosenSide = tally.sides[side];
  return (
    <>
      <RunBar state={state} onAgain={onAgain} />
      <ResultTiles tally={tally} names={source.names} />
      <Tabs defaultValue={twoSides ? 'comparison' : 'matched'} className={classes.tabs} keepMounted={false}>
        <Tabs.List className={classes.tabsHead}>
          {twoSides && <Tabs.Tab value="comparison">{t('tab.comparison')}</Tabs.Tab>}
          <Tabs.Tab value="matched" data-testid="tab-matched">
            {t('tab.matched', { count: chosenSide?.matched ?? 0 })}
          </Tabs.Tab>
          <Tabs.Tab value="not" data-testid="tab-not-matched">
            {t('tab.notMatched', { count: chosenSide?.notMatched ?? 0 })}
          </Tabs.Tab>
        </Tabs.List>
        {twoSides && (
          <Tabs.Panel value="comparison" className={classes.panel}>
            <ComparisonPane lines={lines} tally={tally} source={source} />
          </Tabs.Panel>
        )}
        <Tabs.Panel value="matched" className={classes.panel}>
          {twoSides && <SideSwitch names={source.names} side={side} onChange={setSide} />}
          <MatchedPane
            lines={matched}
            source={source}
            side={side}
            label={t('matched.list')}
            emptyTitle={t(state.state === 'running' ? 'reading' : 'matched.none')}
            emptyText={state.state === 'running' ? '' : t('matched.noneText', { seen: words.number(tally.seen) })}
          />
        </Tabs.Panel>
        <Tabs.Panel value="not" className={classes.panel}>
          {twoSides && <SideSwitch names={source.names} side={side} onChange={setSide} />}
          {chosenSide && <NotMatchedPane key={side} side={chosenSide} />}
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

function SideSwitch({
  names,
  side,
  onChange,
}: {
  names: readonly string[];
  side: number;
  onChange: (side: number) => void;
}) {
  const { t } = useTranslation('simulator');
  return (
    <div className={classes.panelHead}>
      <SegmentedControl
        size="xs"
        value={String(side)}
        onChange={(value) => onChange(Number(value))}
        data={names.map((label, index) => ({ value: String(index), label }))}
        aria-label={t('version.label')}
      />
    </div>
  );
}

/** How far it has come, or how it ended. */
function RunBar({ state, onAgain }: HistoryResultProps) {
  const { t } = useTranslation('simulator');
  const problemText = useProblemText();
  const words = useRecordWords();
  const save = useSaveResult(state);
  const { tally, total, took } = state;
  const seconds = words.number(Math.round(took / 10) / 100);
  if (state.state === 'running') {
    const rate = took < 200 ? 0 : Math.round((tally.seen / took) * 1000);
    const left = rate === 0 ? undefined : Math.ceil((total - tally.seen) / rate);
    return (
      <div className={classes.bar}>
        <Progress
          className={classes.barProgress}
          value={total === 0 ? 0 : (tally.seen / total) * 100}
          aria-label={t('progress.label')}
        />
        <p className={classes.barWords} data-testid="simulation-progress">
          {t('progress.text', { seen: words.number(tally.seen), total: words.number(total) })}
          {rate > 0 && ` · ${t('progress.rate', { rate: words.number(rate) })}`}
          {left !== undefined && left > 1 && ` · ${t('progress.left', { count: left })}`}
        </p>
      </div>
    );
  }
  return (
    <>
      {state.end !== 'done' && (
        <Alert color={state.end === 'failed' ? 'red' : 'orange'} radius={0} p="xs" role="alert">
          {state.end === 'failed' ? (
            <>
              {t('failed.title')} <bdi>{state.problem && problemText(state.problem)}</bdi>
            </>
          ) : (
            t('stopped', { seen: words.number(tally.seen), total: words.number(total) })
          )}{' '}
          <Button size="compact-xs" variant="default" onClick={onAgain}>
            {t('again')}
          </Button>
        </Alert>
      )}
      <div className={classes.bar}>
        <p className={classes.barWords} data-testid="simulation-over" data-end={state.end} data-took={Math.round(took)}>
          {t('over', { count: tally.seen, seconds })}
        </p>
        <div className={classes.barEnd}>
          <Menu position="bottom-end">
            <Menu.Target>
              <Button variant="default" leftSection={<IconDownload size={14} />}>
                {t('save.result')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => void save('csv')}>{t('save.csv')}</Menu.Item>
              <Menu.Item onClick={() => void save('json')}>{t('save.json')}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </div>
      </div>
    </>
  );
}
