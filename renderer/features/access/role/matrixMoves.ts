import type { Verb } from '#shared/domain/access/accessTypes.ts';

/** A place in the grid that can take the focus: the switch of a whole row, or one permission. */
export interface MatrixPlace {
  /** Resource, or '*' for the row of everything. */
  row: string;
  column: 'row' | Verb;
}

export interface MatrixGrid {
  /** In the order shown; each with the columns it has a cell in. */
  rows: readonly { row: string; columns: readonly MatrixPlace['column'][] }[];
  columns: readonly MatrixPlace['column'][];
}

/**
 * Where a key leads inside the grid: to the next cell there is, not to a gap. Undefined = the key is not the grid's. At an
 * edge the place stays. `backwards` = the language is written from the right.
 */
export function moveIn(
  grid: MatrixGrid,
  from: MatrixPlace,
  key: { key: string; ctrlKey: boolean },
  backwards: boolean,
): MatrixPlace | undefined {
  switch (key.key) {
    case 'ArrowDown':
      return along(grid, from, 1) ?? from;
    case 'ArrowUp':
      return along(grid, from, -1) ?? from;
    case 'ArrowRight':
      return across(grid, from, backwards ? -1 : 1) ?? from;
    case 'ArrowLeft':
      return across(grid, from, backwards ? 1 : -1) ?? from;
    case 'Home':
      return key.ctrlKey ? edge(grid, 'first') : firstOf(grid, from.row, 'first');
    case 'End':
      return key.ctrlKey ? edge(grid, 'last') : firstOf(grid, from.row, 'last');
    default:
      return undefined;
  }
}

/** The same place where it is shown; otherwise the first there is. */
export function nearest(grid: MatrixGrid, place: MatrixPlace | undefined): MatrixPlace | undefined {
  const row = grid.rows.find((one) => one.row === place?.row);
  if (row && place && row.columns.includes(place.column)) return place;
  return row ? firstOf(grid, row.row, 'first') : edge(grid, 'first');
}

/** Down or up in the same column; rows without a cell there are passed over. */
function along({ rows }: MatrixGrid, from: MatrixPlace, by: 1 | -1): MatrixPlace | undefined {
  for (let at = rows.findIndex((one) => one.row === from.row) + by; at >= 0 && at < rows.length; at += by) {
    const row = rows[at];
    if (row?.columns.includes(from.column)) return { row: row.row, column: from.column };
  }
  return undefined;
}

function across({ rows, columns }: MatrixGrid, from: MatrixPlace, by: 1 | -1): MatrixPlace | undefined {
  const own = rows.find((one) => one.row === from.row)?.columns ?? [];
  for (let at = columns.indexOf(from.column) + by; at >= 0 && at < columns.length; at += by) {
    const column = columns[at];
    if (column !== undefined && own.includes(column)) return { row: from.row, column };
  }
  return undefined;
}

function firstOf({ rows, columns }: MatrixGrid, name: string, end: 'first' | 'last'): MatrixPlace | undefined {
  const row = rows.find((one) => one.row === name);
  if (!row) return undefined;
  const own = columns.filter((column) => row.columns.includes(column));
  const column = own.at(end === 'first' ? 0 : -1);
  return column === undefined ? undefined : { row: name, column };
}

function edge(grid: MatrixGrid, end: 'first' | 'last'): MatrixPlace | undefined {
  const row = grid.rows.at(end === 'first' ? 0 : -1);
  return row && firstOf(grid, row.row, end);
}
