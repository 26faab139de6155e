import type { Engine, Statement } from './engines/engine.ts';

/** Prepared statements by their text, the ones used longest ago forgotten first. */
export interface Statements {
  prepare: (sql: string) => Statement;
  clear: () => void;
}

const kept = 200;

export function createStatements(engine: Engine): Statements {
  const known = new Map<string, Statement>();
  return {
    prepare: (sql) => {
      const found = known.get(sql) ?? engine.prepare(sql);
      known.delete(sql);
      known.set(sql, found);
      const oldest = known.keys().next().value;
      if (known.size > kept && oldest !== undefined) known.delete(oldest);
      return found;
    },
    clear: () => known.clear(),
  };
}
