import { stringify } from 'csv-stringify/browser/esm/sync';

const startsFormula = /^[=+\-@\t\r]/;
const isNumber = /^-?\d+(?:\.\d+)?$/;

/** A cell that no spreadsheet takes for a formula: text that begins like one gets an apostrophe, numbers stay. */
export function safeCell(text: string): string {
  return startsFormula.test(text) && !isNumber.test(text) ? `'${text}` : text;
}

/** The beginning of a CSV file after RFC 4180: a byte order mark, so that spreadsheets read it as UTF-8, and the header. */
export function csvHead(header: readonly string[]): string {
  return `\uFEFF${csvLines([header])}`;
}

export function csvLines(rows: readonly (readonly string[])[]): string {
  return stringify(
    rows.map((row) => row.map(safeCell)),
    { record_delimiter: 'windows' },
  );
}
