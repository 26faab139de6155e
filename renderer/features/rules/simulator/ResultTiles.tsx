import { useTranslation } from 'react-i18next';
import type { HistoryTally, SideTally } from '#renderer/data/simulation/simulationResult.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import classes from './Result.module.css';
import { stepTypes } from './stepTypes.ts';
import { StepIcon } from './StepIcon.tsx';

interface ResultTilesProps {
  tally: HistoryTally;
  /** Name of each version, in their order. */
  names: readonly string[];
}

/** What a stretch of history comes to, for each version of the rule. */
export function ResultTiles({ tally, names }: ResultTilesProps) {
  return (
    <div className={classes.tiles}>
      {tally.sides.map((side, index) => (
        <SideTiles
          key={names[index]}
          side={side}
          seen={tally.seen}
          name={names.length > 1 ? names[index] : undefined}
        />
      ))}
    </div>
  );
}

function SideTiles({ side, seen, name }: { side: SideTally; seen: number; name: string | undefined }) {
  const { t } = useTranslation('simulator');
  const words = useRecordWords();
  const share = seen === 0 ? 0 : (side.matched / seen) * 100;
  const acting = stepTypes.filter((type) => (side.actions[type] ?? 0) > 0);
  return (
    <section className={classes.side} aria-label={name}>
      {name !== undefined && <h3 className={classes.sideName}>{name}</h3>}
      <dl className={classes.figures}>
        <Tile name={t('tile.seen')} value={words.number(seen)} testId="tile-seen" />
        <Tile
          name={t('tile.matched')}
          value={words.number(side.matched)}
          note={t('tile.share', { share: words.number(Math.round(share * 10) / 10) })}
          testId="tile-matched"
        />
        <Tile name={t('tile.notMatched')} value={words.number(side.notMatched)} testId="tile-not-matched" />
        <Tile name={t('tile.tenants')} value={words.number(side.tenants)} testId="tile-tenants" />
        <Tile name={t('tile.faults')} value={words.number(side.faults)} danger={side.faults > 0} testId="tile-faults" />
      </dl>
      {side.prepared < side.matched && <p className={classes.bound}>{t('tile.bound', { count: side.prepared })}</p>}
      {acting.length > 0 && (
        <ul className={classes.actions} aria-label={t('tile.actions')}>
          {acting.map((type) => (
            <li key={type}>
              <StepIcon type={type} />
              {t(`step.${type}`)} <b>{words.number(side.actions[type] ?? 0)}</b>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

interface TileProps {
  name: string;
  value: string;
  note?: string;
  danger?: boolean;
  testId: string;
}

function Tile({ name, value, note, danger, testId }: TileProps) {
  return (
    <div className={classes.tile} data-danger={danger || undefined}>
      <dt>{name}</dt>
      <dd>
        <span data-testid={testId}>{value}</span>
        {note !== undefined && <small>{note}</small>}
      </dd>
    </div>
  );
}
