import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** Prepares a statement once per connection. */
export function statementsOf(database: DatabaseSync): (sql: string) => StatementSync {
  const known = new Map<string, StatementSync>();
  return (sql) => {
    const found = known.get(sql);
    if (found) return found;
    const made = database.prepare(sql);
    known.set(sql, made);
    return made;
  };
}
