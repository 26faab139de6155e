import { fillWithDefaultSettings, normalizeMangoQuery, prepareQuery } from 'rxdb';
import type {
  BulkWriteRow,
  EventBulk,
  MangoQuery,
  PreparedQuery,
  RxDocumentData,
  RxJsonSchema,
  RxStorage,
  RxStorageChangeEvent,
  RxStorageInstance,
} from 'rxdb';
import type { Json } from '#shared/kernel/json.ts';

/** A document with every shape the storage treats differently. */
export interface Sample {
  id: string;
  name: string;
  amount: number;
  active: boolean;
  /** Strings and numbers that may be missing. */
  note?: string;
  ratio?: number;
  /** May be null, so it is no scalar for the engine. */
  maybe?: string | null;
  nested?: { word?: string; count?: number; deep?: { flag?: boolean } };
  tags?: string[];
  marks?: number[];
  items?: { key: string; value: number }[];
  /** The schema says nothing of it. */
  loose?: Json;
}

export type StoredSample = RxDocumentData<Sample>;
export type SampleInstance = RxStorageInstance<Sample, unknown, unknown>;
export type SampleBulk = EventBulk<RxStorageChangeEvent<StoredSample>, unknown>;
export type SampleQuery = MangoQuery<Sample>;

const text = { type: 'string', maxLength: 60 } as const;

export const sampleSchema = fillWithDefaultSettings<Sample>({
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id: text,
    name: text,
    amount: { type: 'number', minimum: -1000, maximum: 1000, multipleOf: 0.01 },
    active: { type: 'boolean' },
    note: { type: 'string' },
    ratio: { type: 'number' },
    maybe: { type: ['string', 'null'] as never },
    nested: {
      type: 'object',
      properties: {
        word: { type: 'string' },
        count: { type: 'integer' },
        deep: { type: 'object', properties: { flag: { type: 'boolean' } } },
      },
    },
    tags: { type: 'array', items: { type: 'string' } },
    marks: { type: 'array', items: { type: 'number' } },
    items: {
      type: 'array',
      items: { type: 'object', properties: { key: { type: 'string' }, value: { type: 'number' } } },
    },
    loose: {},
  },
  required: ['id', 'name', 'amount', 'active'],
  indexes: ['name', ['active', 'amount'], ['amount', 'name']],
});

export async function openSample(
  storage: RxStorage<unknown, unknown>,
  databaseName: string,
  changes: { multiInstance?: boolean; schema?: RxJsonSchema<StoredSample>; collectionName?: string } = {},
): Promise<SampleInstance> {
  const instance = await storage.createStorageInstance<Sample>({
    databaseInstanceToken: `token-${databaseName}`,
    databaseName,
    collectionName: 'samples',
    schema: sampleSchema,
    options: {},
    multiInstance: false,
    devMode: false,
    ...changes,
  });
  return instance as SampleInstance;
}

let revisions = 0;

/** A document as RxDB hands it to a storage, with a revision of its own. */
export function stored(changes: Partial<StoredSample> & { id: string }): StoredSample {
  revisions += 1;
  return {
    name: 'name',
    amount: 0,
    active: true,
    _deleted: false,
    _attachments: {},
    _meta: { lwt: Date.now() },
    _rev: `1-${revisions.toString(36).padStart(8, '0')}`,
    ...changes,
  };
}

/** The next state of a stored document, with a new revision. */
export function changed(previous: StoredSample, changes: Partial<StoredSample> = {}): StoredSample {
  const height = Number(previous._rev.split('-')[0]) + 1;
  revisions += 1;
  return { ...previous, _rev: `${height}-${revisions.toString(36).padStart(8, '0')}`, ...changes };
}

export const inserts = (...documents: StoredSample[]): BulkWriteRow<Sample>[] =>
  documents.map((document) => ({ document }));

export function update(previous: StoredSample, document: StoredSample): BulkWriteRow<Sample> {
  return { previous, document };
}

/** As RxDB asks a storage: documents that are not deleted, in a total order. */
export function prepared(query: SampleQuery): PreparedQuery<Sample> {
  const selector = { $and: [query.selector ?? {}, { _deleted: { $eq: false } }] } as never;
  return prepareQuery(sampleSchema, normalizeMangoQuery(sampleSchema, { ...query, selector }));
}

export async function queryIds(instance: SampleInstance, query: SampleQuery): Promise<string[]> {
  return (await instance.query(prepared(query))).documents.map(({ id }) => id);
}

/** Every bulk of events the instance tells from now on. */
export function listen(instance: SampleInstance): SampleBulk[] {
  const bulks: SampleBulk[] = [];
  instance.changeStream().subscribe((bulk) => bulks.push(bulk as SampleBulk));
  return bulks;
}

/** What an event says, without what differs from storage to storage. */
export const eventsOf = (bulks: readonly SampleBulk[]) =>
  bulks.flatMap(({ events, context }) =>
    events.map(({ operation, documentId, documentData, previousDocumentData }) => ({
      operation,
      documentId,
      documentData,
      previousDocumentData: previousDocumentData ?? null,
      context,
    })),
  );
