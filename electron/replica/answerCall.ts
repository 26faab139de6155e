import type { EngineAnswers, EngineArguments, EngineCall } from '#shared/replica/engineCalls.ts';
import { engineCalls } from '#shared/replica/engineCalls.ts';
import type { ReplicaDatabase } from './database.ts';
import type { Lane } from './workQueue.ts';

/** The arguments of a call do not fit. */
export class InvalidCall extends Error {}

/** Calls that concern a file as a whole are the host's; these concern what is in it. */
export type TableCall = Exclude<
  EngineCall,
  'open' | 'removeDatabase' | 'forgetSetAside' | 'write' | 'digest' | 'forget' | 'openTable'
>;

export function parseCall<Call extends EngineCall>(call: Call, args: unknown): EngineArguments<Call> {
  const parsed = engineCalls[call].safeParse(args);
  if (parsed.success) return parsed.data as EngineArguments<Call>;
  const [issue] = parsed.error.issues;
  throw new InvalidCall(
    `'${call}' does not fit at '${issue?.path.map(String).join('.') ?? ''}': ${issue?.message ?? ''}`,
  );
}

type Answers = { [Call in TableCall]: (database: ReplicaDatabase, args: EngineArguments<Call>) => EngineAnswers[Call] };

export const answers: Answers = {
  find: (database, { table, ids, withDeleted }) => database.table(table).reads.find(ids, withDeleted),
  query: (database, { table, query }) => database.table(table).reads.query(query),
  count: (database, { table, query }) => database.table(table).reads.count(query),
  changedSince: (database, { table, sequence, limit }) => database.table(table).reads.changedSince(sequence, limit),
  cleanup: (database, request) => database.cleanup(request),
  dropTable: (database, { table }) => {
    database.dropTable(table);
    return null;
  },
  listPage: (database, request) => database.table(request.table).lists.page(request),
  listAfter: (database, request) => database.table(request.table).lists.after(request),
  listCount: (database, { table, list }) => database.table(table).lists.count(list),
  listPosition: (database, { table, list, value }) => database.table(table).lists.position(list, value),
  listGroups: (database, { table, list, by }) => database.table(table).lists.groups(list, by),
  listExplain: (database, { table, list }) => database.table(table).lists.explain(list),
  kindCounts: (database, { table }) => database.kindCounts(table),
  ids: (database, { table, ...request }) => database.table(table).reads.ids(request),
  size: (database) => database.size(),
  compact: (database) => database.compact(),
  check: (database) => database.check(),
};

/** What a person waits for overtakes what the server sends: a page asked for while records pour in is there at once. */
const firstCalls: ReadonlySet<EngineCall> = new Set<EngineCall>(['listPage', 'listAfter', 'kindCounts']);
/** Long reads wait until nothing short is waiting. */
const slowCalls: ReadonlySet<EngineCall> = new Set<EngineCall>([
  'listCount',
  'listGroups',
  'listExplain',
  'digest',
  'forget',
  'size',
  'compact',
  'check',
]);

/** A call that overtakes a write is answered as of before it; who wants to see their own write waits for its answer. */
export function laneOf(call: EngineCall): Lane {
  if (firstCalls.has(call)) return 'first';
  return slowCalls.has(call) ? 'slow' : 'next';
}
