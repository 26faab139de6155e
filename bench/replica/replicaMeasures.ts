import { percentile } from '../measure.ts';
import type { Measure } from '../measure.ts';
import type { StorageRun } from './replicaBench.ts';

const titles = { sqlite: 'SQLite', memory: 'memory', dexie: 'Dexie' } as const;

/** Every figure of a run, and how often it takes as long as SQLite with as many rows. */
export function replicaMeasures(run: StorageRun, ours: StorageRun | undefined): Measure[] {
  const measures: Measure[] = [];
  const title = `${run.size.toLocaleString('en')} ${titles[run.storage]}`;
  const tell = (name: string, unit: Measure['unit'], value: number, n = 1) =>
    measures.push({ name: `${title}: ${name}`, unit, value, n });
  const tellTimes = (name: string, values: readonly number[], oursToo: readonly number[] | undefined) => {
    const middle = percentile(values, 0.5);
    tell(`${name}, p50`, 'ms', middle, values.length);
    tell(`${name}, p99`, 'ms', percentile(values, 0.99), values.length);
    const compared = oursToo ? percentile(oursToo, 0.5) : Number.NaN;
    if (run.storage !== 'sqlite' && compared > 0) tell(`${name}, to SQLite`, 'times', middle / compared, values.length);
  };

  const rate = run.size / run.insertion.seconds;
  tell('insert', 'documents/s', rate, run.size);
  if (ours && ours !== run) tell('insert, SQLite to this', 'times', ours.size / ours.insertion.seconds / rate);
  tell('insert, longest stall of the window', 'ms', run.insertion.longestStall, run.size / 1000);
  tell('a document as JSON', 'bytes', run.insertion.documentBytes, run.size / 1000);
  if (run.firstResult !== undefined) {
    tell('page load to first list', 'ms', run.firstResult);
    if (ours?.firstResult !== undefined && ours !== run)
      tell('page load to first list, to SQLite', 'times', run.firstResult / ours.firstResult);
  }
  for (const { question, page, engine, rows } of run.observations) {
    const oursToo = ours?.observations.find((one) => one.question === question)?.page;
    if (engine.length > 0) {
      tell(`${question}, in the engine, p50`, 'ms', percentile(engine, 0.5), engine.length);
      tell(`${question}, in the engine, p99`, 'ms', percentile(engine, 0.99), engine.length);
    }
    tellTimes(question, page, oursToo);
    tell(`${question}, rows`, 'rows', rows);
  }
  for (const { question, page } of run.mango) tellTimes(`${question}, as RxDB query`, page, undefined);
  tellTimes('one write and the first page', run.live.read, ours?.live.read);
  tellTimes('one write until the live list shows it', run.live.observed, ours?.live.observed);
  for (const [name, megabytes] of Object.entries(run.memory.processes)) tell(`memory of ${name}`, 'MB', megabytes);
  tell("the page's heap, a list open", 'MB', run.memory.heap);
  return measures;
}
