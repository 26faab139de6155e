import { IconAlertTriangleFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { isDangerous } from '#shared/domain/access/permissionCatalogue.ts';
import { useAccessWords } from '../useAccessWords.ts';
import classes from './Matrix.module.css';
import type { MatrixPlace } from './matrixMoves.ts';
import { cellState } from './rightsMatrix.ts';

interface CellFactsProps {
  /** Pointed at, or focused. */
  place: MatrixPlace | undefined;
  permissions: readonly string[];
  held: ReadonlySet<string>;
  other: ReadonlySet<string> | undefined;
}

/** What the permission under the pointer or the focus is, and how the role comes to have it. */
export function CellFacts({ place, permissions, held, other }: CellFactsProps) {
  const { t } = useTranslation('access');
  const access = useAccessWords();
  if (!place) return <div className={classes.facts}>{t('matrix.keys')}</div>;
  if (place.column === 'row') {
    const pattern = place.row === '*' ? '*' : `${place.row}.*`;
    return (
      <div className={classes.facts}>
        <strong>{access.permission(pattern)}</strong>
        <code dir="ltr">{pattern}</code>
        <span>{t(place.row === '*' ? 'matrix.everythingHelp' : 'matrix.rowHelp')}</span>
      </div>
    );
  }
  const permission = `${place.row}.${place.column}`;
  const isHeld = held.has(permission);
  return (
    <div className={classes.facts}>
      <strong>{access.permission(permission)}</strong>
      <code dir="ltr">{permission}</code>
      <span>{access.verbHelp(place.column)}</span>
      <span data-held={isHeld || undefined}>{t(`matrix.cell.${cellState(permissions, place.row, place.column)}`)}</span>
      {isDangerous(permission) && (
        <span className={classes.dangerText}>
          <IconAlertTriangleFilled size={12} aria-hidden="true" /> {access.danger(permission)}
        </span>
      )}
      {other && other.has(permission) !== isHeld && <span>{t(`matrix.${isHeld ? 'gained' : 'lost'}`)}</span>}
    </div>
  );
}
