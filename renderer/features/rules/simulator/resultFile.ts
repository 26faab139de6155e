import { stringify } from 'csv-stringify/browser/esm/sync';
import type { HistoryTally, MatchLine, RunLine } from '#renderer/data/simulation/simulationResult.ts';

interface ResultFile {
  lines: readonly MatchLine[];
  tally: HistoryTally;
  /** Name of each version. */
  names: readonly string[];
  /** ISO 8601. */
  simulatedAt: string;
}

const startsFormula = /^[=+\-@\t\r]/;

/** A table of the events that match: one row an event, per version the steps that would act. For machines: times ISO 8601. */
export function resultCsv({ lines, names }: ResultFile, tenantName: (id: string) => string): string {
  const header = [
    'event',
    'id',
    'tenant',
    'occurredAt',
    ...names.flatMap((name) => [`${name}: runs`, `${name}: steps`, `${name}: faults`]),
  ];
  const rows = lines.map(({ event, runs }) => [
    event.name,
    event.id,
    event.tenantId === '' ? '' : tenantName(event.tenantId),
    event.occurredAt,
    ...runs.flatMap(cellsOf),
  ]);
  const safe = [header, ...rows].map((cells) => cells.map((cell) => (startsFormula.test(cell) ? `'${cell}` : cell)));
  return `\uFEFF${stringify(safe, { record_delimiter: 'windows' })}`;
}

/** Everything of the result: the counts, the reasons and the events. */
export function resultJson({ lines, tally, names, simulatedAt }: ResultFile): string {
  const events = lines.map(({ event, runs }) => ({
    ...event,
    runs: runs.map((run) =>
      run === null ? null : run === 'unprepared' ? {} : { steps: run.actions, faults: run.faults },
    ),
  }));
  return `${JSON.stringify({ simulatedAt, versions: names, ...tally, events }, null, 2)}\n`;
}

function cellsOf(run: RunLine | null): string[] {
  if (run === null) return ['no', '', ''];
  return run === 'unprepared' ? ['yes', '', ''] : ['yes', run.actions.join(' '), String(run.faults)];
}
