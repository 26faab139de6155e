import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** Answers a statement of one connection. */
export type Prepare = (sql: string) => StatementSync;

/** Prepares a statement once per connection. */
export function statementsOf(database: DatabaseSync): Prepare {
  const known = new Map<string, StatementSync>();
  return (sql) => {
    const found = known.get(sql);
    if (found) return found;
    const made = database.prepare(sql);
    known.set(sql, made);
    return made;
  };
}
