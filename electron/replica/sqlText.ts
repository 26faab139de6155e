/** An identifier for SQL. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text literal for SQL, where a bound value would keep SQLite from choosing a partial index. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** What stands in a document at a dotted path, as SQL. */
export function documentValue(path: string): string {
  return `data->>${literal(`$.${path}`)}`;
}
