import { stringify } from 'csv-stringify/browser/esm/sync';

const startsFormula = /^[=+\-@\t\r]/;
const isNumber = /^-?\d+(?:\.\d+)?$/;

/** A cell that no spreadsheet takes for a formula: text that begins like one gets an apostrophe, numbers stay. */
export function safeCell(text: string): string {
  return startsFormula.test(text) && !isNumber.test(text) ? `'${text}` : text;
}

/** CSV after RFC 4180 with a header line and a byte order mark, so that spreadsheets read it as UTF-8. */
export function csvText(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [header, ...rows].map((row) => row.map(safeCell));
  return `\uFEFF${stringify(cells, { record_delimiter: 'windows' })}`;
}
