import { getSortComparator } from 'rxdb';
import type { BulkWriteRow } from 'rxdb';
import type { FuzzOperation, FuzzRow } from './storageFuzzOperations.ts';
import { eventsOf, listen, prepared, sampleSchema } from './storageSample.ts';
import type { Sample, SampleBulk, SampleInstance, StoredSample } from './storageSample.ts';

/** Where two storages said something else. */
export interface Difference {
  /** Place of the operation in the list. */
  at: number;
  what: string;
  expected: unknown;
  got: unknown;
}

/** How much the queries of a run were worth. */
export interface Answers {
  asked: number;
  refused: number;
  empty: number;
}

function countAnswer(answers: Answers, what: string, answer: unknown): void {
  if (what !== 'query') return;
  answers.asked += 1;
  if (typeof answer !== 'object' || answer === null || !('documents' in answer)) answers.refused += 1;
  else if (Array.isArray(answer.documents) && answer.documents.length === 0) answers.empty += 1;
}

export interface Pair {
  reference: SampleInstance;
  tested: SampleInstance;
  close: () => Promise<void>;
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value) ?? 'null');
const same = (one: unknown, other: unknown) => JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
const byId = (documents: readonly StoredSample[]) => documents.toSorted((one, other) => (one.id < other.id ? -1 : 1));

/** Keys in one order, so that equal objects have equal text. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

/** What a storage answers, or that it refuses. */
async function attempt(work: () => Promise<unknown>): Promise<unknown> {
  try {
    return plain(await work());
  } catch (error) {
    return { refused: error instanceof Error ? error.name : typeof error };
  }
}

/** Runs the operations on both; answers the first difference. */
export async function firstDifference(
  operations: readonly FuzzOperation[],
  open: () => Promise<Pair>,
  answers: Answers = { asked: 0, refused: 0, empty: 0 },
): Promise<Difference | undefined> {
  const { reference, tested, close } = await open();
  const [expectedEvents, gotEvents] = [listen(reference), listen(tested)];
  try {
    for (const [at, operation] of operations.entries()) {
      const questions = await questionsOf(operation, at, reference, { expectedEvents, gotEvents });
      for (const { what, ask } of questions) {
        const [expected, got] = [await attempt(() => ask(reference)), await attempt(() => ask(tested))];
        countAnswer(answers, what, expected);
        if (!same(expected, got)) return { at, what, expected, got };
      }
    }
    return undefined;
  } finally {
    await close();
  }
}

/** Without the order, but in whichever the storage answers no neighbours may be the wrong way round. */
async function asSet(instance: SampleInstance, query: ReturnType<typeof prepared>): Promise<unknown> {
  const { documents } = await instance.query(query);
  const compare = getSortComparator(sampleSchema, query.query);
  const wrong = documents.find((one, index) => index > 0 && compare(documents[index - 1] ?? one, one) > 0);
  return { documents: byId(documents), wrong };
}

interface Question {
  what: string;
  ask: (instance: SampleInstance) => Promise<unknown>;
}

async function questionsOf(
  operation: FuzzOperation,
  at: number,
  reference: SampleInstance,
  { expectedEvents, gotEvents }: { expectedEvents: SampleBulk[]; gotEvents: SampleBulk[] },
): Promise<Question[]> {
  switch (operation.type) {
    case 'write': {
      const rows = await rowsOf(operation.rows, at, reference);
      return [
        { what: 'bulkWrite', ask: (instance) => instance.bulkWrite(structuredClone(rows), `write ${at}`) },
        {
          what: 'events',
          ask: async (instance) => eventsOf((instance === reference ? expectedEvents : gotEvents).splice(0)),
        },
      ];
    }
    case 'find': {
      const { ids, withDeleted } = operation;
      return [{ what: 'find', ask: async (one) => byId(await one.findDocumentsById([...new Set(ids)], withDeleted)) }];
    }
    case 'query': {
      const asked = () => prepared(structuredClone(operation.query));
      const ask = operation.partOrder
        ? (instance: SampleInstance) => asSet(instance, asked())
        : (instance: SampleInstance) => instance.query(asked());
      return [
        { what: 'query', ask },
        {
          what: 'count',
          // The storage in memory counts without skip and limit; RxDB's interface says otherwise (S12).
          ask: async (instance) =>
            instance === reference
              ? (await instance.query(asked())).documents.length
              : (await instance.count(asked())).count,
        },
      ];
    }
  }
}

async function rowsOf(
  rows: readonly FuzzRow[],
  at: number,
  reference: SampleInstance,
): Promise<BulkWriteRow<Sample>[]> {
  const known = await reference.findDocumentsById(
    rows.map(({ body }) => body.id),
    true,
  );
  return rows.map(({ body, on, deleted }, index): BulkWriteRow<Sample> => {
    const current = known.find(({ id }) => id === body.id);
    const document = (height: number): StoredSample => ({
      ...body,
      _deleted: deleted,
      _attachments: {},
      _meta: { lwt: 1000 + at + index / 10 },
      _rev: `${height}-at${at}row${index}`,
    });
    if (!current || on === 'nothing') return { document: document(1) };
    const previous = on === 'stale' ? { ...current, _rev: '1-stale' } : current;
    return { previous, document: document(Number(current._rev.split('-')[0]) + 1) };
  });
}

/** Leaves out operations and rows as long as the difference stays. */
export async function smallest(
  operations: readonly FuzzOperation[],
  open: () => Promise<Pair>,
  attempts = 300,
): Promise<{ operations: FuzzOperation[]; difference: Difference | undefined }> {
  const state = { kept: [...operations], left: attempts, difference: await firstDifference(operations, open) };
  const without = async (shorter: FuzzOperation[]): Promise<boolean> => {
    state.left -= 1;
    const found = await firstDifference(shorter, open);
    if (!found) return false;
    state.kept = shorter.slice(0, found.at + 1);
    state.difference = found;
    return true;
  };
  if (state.difference) state.kept = state.kept.slice(0, state.difference.at + 1);
  for (let size = state.kept.length >> 1; size >= 1 && state.left > 0; size >>= 1)
    for (let from = 0; from < state.kept.length && state.left > 0;)
      if (!(await without(state.kept.toSpliced(from, size)))) from += size;
  for (let at = 0; at < state.kept.length; at += 1) {
    const operation = state.kept[at];
    if (operation?.type !== 'write') continue;
    for (let row = operation.rows.length - 1; row >= 0 && state.left > 0; row -= 1) {
      const now = state.kept[at];
      if (now?.type === 'write') await without(state.kept.with(at, { ...now, rows: now.rows.toSpliced(row, 1) }));
    }
  }
  return { operations: state.kept, difference: state.difference };
}
