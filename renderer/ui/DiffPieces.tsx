import classes from './DiffPieces.module.css';
import type { DiffPiece } from './wordDiff.ts';

/** One side of a compared text: what only it has is marked. */
export function DiffPieces({ pieces, side }: { pieces: readonly DiffPiece[]; side: 'before' | 'after' }) {
  return pieces.map((piece, index) => {
    // The pieces of one text never change their places.
    const key = `${String(index)}-${piece.in}`;
    if (piece.in === 'both') return <span key={key}>{piece.text}</span>;
    if (piece.in !== side) return null;
    return side === 'before' ? (
      <del key={key} className={classes.removed}>
        {piece.text}
      </del>
    ) : (
      <ins key={key} className={classes.added}>
        {piece.text}
      </ins>
    );
  });
}
