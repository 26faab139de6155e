import * as z from 'zod';
import type { ListSpec } from './listColumns.ts';
import { anchorSchema, listRequestSchema, rowKeySchema } from './listRequest.ts';
import type { RowKey } from './listRequest.ts';

const name = z.string().regex(/^[\w.-]{1,100}$/, 'letters, digits, dots, dashes and underscores');
const path = z
  .string()
  .max(200)
  .regex(/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/, 'a dotted path');
const scalar = z.enum(['string', 'number', 'boolean']);

/** A table of the replica: documents of one collection and what is drawn out of them into columns. */
export const tableSpecSchema = z.object({
  table: name,
  /** Version of the documents; an older table of the same name is migrated. */
  version: z.int().min(0),
  primary: path,
  /** Paths whose values can be compared in SQL, from the schema; anything else is left to the caller's own matcher. */
  types: z.record(path, scalar),
  /** Each a list of paths; they become columns. */
  indexes: z.array(z.array(path)),
  /** Kinds that can be listed; empty for a table of other things. */
  lists: z.array(z.custom<ListSpec>((value) => typeof value === 'object' && value !== null)),
});
export type TableSpec = z.infer<typeof tableSpecSchema>;

const mangoSchema = z.object({
  selector: z.record(z.string(), z.unknown()),
  sort: z.array(z.record(z.string(), z.enum(['asc', 'desc']))),
  skip: z.int().min(0),
  /** -1 = all. */
  limit: z.int().min(-1),
});
export type MangoRequest = z.infer<typeof mangoSchema>;

const ids = z.array(z.string()).max(200_000);
const table = name;
/** Thousands at a time: one look at each, without a schema for each. */
const values = z.custom<(string | number | null)[]>(areValues, 'texts, numbers and nulls');
function areValues(given: unknown): boolean {
  if (!Array.isArray(given)) return false;
  for (const one of given as unknown[])
    if (typeof one !== 'string' && one !== null && !(typeof one === 'number' && Number.isFinite(one))) return false;
  return true;
}

/**
 * What a window may ask of the engine. Documents travel as JSON text, many in one, since one long string crosses between
 * processes much faster than many objects.
 */
export const engineCalls = {
  open: z.object({ database: name }),
  openTable: tableSpecSchema,
  /** Six values a row: id, revision it was made on or null, new revision, deleted 0 or 1, time written, document. */
  write: z.object({ table, rows: values, context: z.string().max(200) }),
  find: z.object({ table, ids, withDeleted: z.boolean() }),
  query: z.object({ table, query: mangoSchema }),
  count: z.object({ table, query: mangoSchema }),
  changedSince: z.object({ table, sequence: z.int().min(0), limit: z.int().min(1) }),
  /** Forgets deletions older than so many milliseconds; `now` by the caller's clock. */
  cleanup: z.object({ table, deletedFor: z.number().min(0), now: z.number() }),
  dropTable: z.object({ table }),
  /** Rows `offset` to `offset + limit` of a list. */
  listPage: z.object({
    table,
    list: listRequestSchema,
    offset: z.int().min(0),
    limit: z.int().min(1).max(5000),
    anchor: anchorSchema.optional(),
    /** Rows of the list as far as the caller knows, so that pages near the end are read from there. */
    count: z.int().min(0).optional(),
  }),
  /** The rows after a key, for whoever reads a whole list. */
  listAfter: z.object({
    table,
    list: listRequestSchema,
    after: rowKeySchema.nullable(),
    limit: z.int().min(1).max(5000),
  }),
  listCount: z.object({ table, list: listRequestSchema }),
  /** Rows before the first one that is at `value` or after it in the list's order. */
  listPosition: z.object({ table, list: listRequestSchema, value: z.union([z.string(), z.number()]) }),
  listGroups: z.object({
    table,
    list: listRequestSchema,
    by: z
      .array(z.object({ path, prefix: z.int().min(1).max(100).optional() }))
      .min(1)
      .max(4),
  }),
  listExplain: z.object({ table, list: listRequestSchema }),
  /** Records of each kind, deletions left out. */
  kindCounts: z.object({ table }),
  /** Ids of everything but remembered deletions, above `after`, rising. */
  ids: z.object({ table, after: z.string(), limit: z.int().min(1).max(200_000) }),
  /** Removes listed records changed before an instant, unless they carry an unsent edit. */
  forget: z.object({ table, changedBefore: z.string().max(40) }),
  /** Fingerprint of what the server is known to hold, of records changed at `since` or later. */
  digest: z.object({ table, since: z.string().optional() }),
  size: z.object({}),
  /** Gives the space of what was removed back to the disk. */
  compact: z.object({}),
  /** Looks through the whole file; slow. */
  check: z.object({}),
  removeDatabase: z.object({}),
  /** Removes files of this replica that were set aside as damaged, once what was in them was taken over. */
  forgetSetAside: z.object({}),
} as const;

export type EngineCall = keyof typeof engineCalls;
export type EngineArguments<Call extends EngineCall> = z.input<(typeof engineCalls)[Call]>;

export interface TableSize {
  table: string;
  /** Records and remembered deletions. */
  documents: number;
  /** Oldest and newest `updatedAt` of its records, '' where there are none. */
  oldest: string;
  newest: string;
}

export interface EngineAnswers {
  open: { engine: string; sqlite: string; /** What happened to the file at this opening. */ rescue: Rescue | null };
  openTable: { migrated: number };
  /** `sequence` of the last write; conflicting documents as one JSON array. */
  write: { sequence: number; conflicts: string; missing: string[] };
  find: string;
  /** `exact` false: a page of a superset that the caller filters, and sorts unless it is `sorted`; `limit` was not applied then. */
  query: { documents: string; exact: boolean; sorted: boolean; more: boolean };
  count: { count: number; exact: boolean };
  changedSince: { documents: string; sequence: number };
  cleanup: { removed: number };
  dropTable: null;
  listPage: { documents: string; first: RowKey | null; last: RowKey | null; offset: number };
  listAfter: { documents: string; last: RowKey | null };
  listCount: number;
  listPosition: number;
  listGroups: { values: (string | number)[]; count: number }[];
  listExplain: { sql: string; plan: string[]; pageTime: number; countTime: number };
  kindCounts: Record<string, number>;
  ids: string[];
  forget: { removed: number };
  digest: { count: number; hash: string };
  size: { engine: string; bytes: number; free: number; tables: TableSize[] };
  compact: { before: number; after: number };
  check: string[];
  removeDatabase: null;
  /** Files. */
  forgetSetAside: { removed: number };
}

/** A damaged file that was set aside, and what could be taken over from it. */
export interface Rescue {
  at: string;
  /** Name of the file as it was kept. */
  keptAs: string;
  reason: string;
  unsent: number;
  inbox: number;
  /** True when parts could not be read at all, so that something may be missing. */
  incomplete: boolean;
}

export type EngineErrorCode = 'invalid' | 'damaged' | 'full' | 'closed' | 'failed';

/** What the engine sends on a port. */
export type EngineMessage =
  | { id: number; value: unknown }
  | { id: number; error: { code: EngineErrorCode; message: string } }
  | { event: 'written'; table: string; context: string; sequence: number; changes: WrittenChange[] }
  | { event: 'rescued'; rescue: Rescue };

/** A document that another window wrote. */
export interface WrittenChange {
  document: string;
  previous: string | null;
}

export interface EngineRequest {
  id: number;
  call: EngineCall;
  args: unknown;
}
