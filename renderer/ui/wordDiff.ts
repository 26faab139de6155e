/** A piece of a text that both have, or only one of two. */
export interface DiffPiece {
  in: 'both' | 'before' | 'after';
  text: string;
}

/** Words of a text at most; beyond them it is compared line by line, then as a whole. */
const mostPieces = 1500;

/** What changed between two texts, word by word: the longest common run of words stays, the rest is taken out or put in. */
export function wordDiff(before: string, after: string): DiffPiece[] {
  if (before === after) return before === '' ? [] : [{ in: 'both', text: before }];
  for (const cut of [/(\s+)/u, /(\n)/u]) {
    const [left, right] = [pieces(before, cut), pieces(after, cut)];
    if (left.length <= mostPieces && right.length <= mostPieces) return diffPieces(left, right);
  }
  return joined([
    { in: 'before', text: before },
    { in: 'after', text: after },
  ]);
}

function pieces(text: string, cut: RegExp): string[] {
  return text.split(cut).filter((piece) => piece !== '');
}

/** By the lengths of the longest common subsequences of every pair of ends. */
function diffPieces(left: readonly string[], right: readonly string[]): DiffPiece[] {
  const width = right.length + 1;
  const lengths = new Uint16Array((left.length + 1) * width);
  for (let row = left.length - 1; row >= 0; row -= 1)
    for (let column = right.length - 1; column >= 0; column -= 1)
      lengths[row * width + column] =
        left[row] === right[column]
          ? (lengths[(row + 1) * width + column + 1] ?? 0) + 1
          : Math.max(lengths[(row + 1) * width + column] ?? 0, lengths[row * width + column + 1] ?? 0);
  const found: DiffPiece[] = [];
  let [row, column] = [0, 0];
  while (row < left.length || column < right.length) {
    const [mine, theirs] = [left[row], right[column]];
    if (mine !== undefined && mine === theirs) {
      found.push({ in: 'both', text: mine });
      row += 1;
      column += 1;
    } else if (
      theirs === undefined ||
      (mine !== undefined && (lengths[(row + 1) * width + column] ?? 0) >= (lengths[row * width + column + 1] ?? 0))
    ) {
      found.push({ in: 'before', text: mine ?? '' });
      row += 1;
    } else {
      found.push({ in: 'after', text: theirs });
      column += 1;
    }
  }
  return joined(found);
}

/** Neighbours of the same kind in one piece. */
function joined(found: readonly DiffPiece[]): DiffPiece[] {
  const merged: DiffPiece[] = [];
  for (const piece of found) {
    const last = merged.at(-1);
    if (last?.in === piece.in) last.text += piece.text;
    else if (piece.text !== '') merged.push({ ...piece });
  }
  return merged;
}
