import { categorizeBulkWriteRows, getQueryMatcher, getSortComparator } from 'rxdb';
import type {
  BulkWriteRow,
  EventBulk,
  FilledMangoQuery,
  PreparedQuery,
  RxDocumentData,
  RxJsonSchema,
  RxStorageChangeEvent,
  RxStorageCountResult,
  RxStorageInstance,
  RxStorageInstanceCreationParams,
  RxStorageQueryResult,
  RxStorageWriteError,
  StringKeys,
} from 'rxdb';
import { Subject } from 'rxjs';
import type { Observable } from 'rxjs';
import type { MangoRequest, TableSpec } from '#shared/replica/engineCalls.ts';
import { EngineError } from './engineClient.ts';
import type { EngineClient, WrittenElsewhere } from './engineClient.ts';

/** Where `getChangedDocumentsSince` goes on: writes are counted, so that no clock can hide one. */
export interface SqliteCheckpoint {
  sequence: number;
}

export interface SqliteInternals {
  client: EngineClient;
  table: string;
}

/** Rows sent in one message, so that neither process is busy for long. */
const writtenAtOnce = 1000;

type Documents<Type> = RxDocumentData<Type>[];
type Bulk<Type> = EventBulk<RxStorageChangeEvent<RxDocumentData<Type>>, SqliteCheckpoint>;

/** One collection in the engine, as RxDB sees it. The numbered rules are in SPEC.md. */
export class SqliteInstance<Type> implements RxStorageInstance<
  Type,
  SqliteInternals,
  Record<string, unknown>,
  SqliteCheckpoint
> {
  readonly databaseName: string;
  readonly collectionName: string;
  readonly schema: Readonly<RxJsonSchema<RxDocumentData<Type>>>;
  readonly options: Readonly<Record<string, unknown>>;
  readonly internals: SqliteInternals;
  readonly #client: EngineClient;
  readonly #spec: TableSpec;
  readonly #changes = new Subject<Bulk<Type>>();
  readonly #stopListening: () => void;
  readonly #release: () => Promise<void>;
  #closing: Promise<void> | undefined;

  /** `release` is called once, when the instance is closed. */
  constructor(
    params: RxStorageInstanceCreationParams<Type, Record<string, unknown>>,
    client: EngineClient,
    spec: TableSpec,
    release: () => Promise<void>,
  ) {
    this.databaseName = params.databaseName;
    this.collectionName = params.collectionName;
    this.schema = params.schema;
    this.options = params.options;
    this.internals = { client, table: spec.table };
    this.#client = client;
    this.#spec = spec;
    this.#release = release;
    this.#stopListening = params.multiInstance
      ? client.onWritten(spec.table, (written) => this.#writtenElsewhere(written))
      : () => undefined;
  }

  async bulkWrite(rows: BulkWriteRow<Type>[], context: string): Promise<{ error: RxStorageWriteError<Type>[] }> {
    this.#mustBeOpen();
    const error: RxStorageWriteError<Type>[] = [];
    for (let from = 0; from < rows.length; from += writtenAtOnce)
      error.push(...(await this.#writeSome(rows.slice(from, from + writtenAtOnce), context)));
    return { error };
  }

  async findDocumentsById(ids: string[], withDeleted: boolean): Promise<Documents<Type>> {
    this.#mustBeOpen();
    return parse(await this.#client.call('find', { table: this.#spec.table, ids, withDeleted }));
  }

  async query({ query }: PreparedQuery<Type>): Promise<RxStorageQueryResult<Type>> {
    this.#mustBeOpen();
    const { table } = this.#spec;
    const asked = mangoRequest(query);
    const first = await this.#client.call('query', { table, query: asked });
    if (first.exact) return { documents: parse(first.documents) };
    const matches = getQueryMatcher(this.schema, query);
    const end = asked.limit < 0 ? Infinity : asked.skip + asked.limit;
    const wanted = first.sorted ? end : Infinity;
    const found: Documents<Type> = [];
    // What was skipped before it was matched is read again from the beginning.
    let page = asked.skip === 0 ? first : await this.#client.call('query', { table, query: { ...asked, skip: 0 } });
    for (let read = 0; ;) {
      const documents = parse<Type>(page.documents);
      for (const document of documents) if (matches(document)) found.push(document);
      read += documents.length;
      if (!page.more || found.length >= wanted) break;
      page = await this.#client.call('query', { table, query: { ...asked, skip: read } });
    }
    if (!first.sorted) found.sort(getSortComparator(this.schema, query));
    return { documents: found.slice(asked.skip, end) };
  }

  async count(prepared: PreparedQuery<Type>): Promise<RxStorageCountResult> {
    this.#mustBeOpen();
    const query = mangoRequest(prepared.query);
    const { count, exact } = await this.#client.call('count', { table: this.#spec.table, query });
    const { skip, limit } = query;
    if (exact) return { count: Math.min(Math.max(0, count - skip), limit < 0 ? Infinity : limit), mode: 'fast' };
    return { count: (await this.query(prepared)).documents.length, mode: 'slow' };
  }

  async getChangedDocumentsSince(
    limit: number,
    checkpoint?: SqliteCheckpoint,
  ): Promise<{ documents: Documents<Type>; checkpoint: SqliteCheckpoint }> {
    this.#mustBeOpen();
    const { documents, sequence } = await this.#client.call('changedSince', {
      table: this.#spec.table,
      sequence: checkpoint?.sequence ?? 0,
      limit: Math.min(limit, Number.MAX_SAFE_INTEGER),
    });
    return { documents: parse(documents), checkpoint: { sequence } };
  }

  changeStream(): Observable<Bulk<Type>> {
    return this.#changes.asObservable();
  }

  async cleanup(minimumDeletedTime: number): Promise<boolean> {
    this.#mustBeOpen();
    const { table } = this.#spec;
    const { removed } = await this.#client.call('cleanup', { table, deletedFor: minimumDeletedTime, now: Date.now() });
    return removed === 0;
  }

  getAttachmentData(): Promise<never> {
    return Promise.reject(
      new Error('this storage keeps no attachments; keep files elsewhere and their address in the document'),
    );
  }

  close(): Promise<void> {
    this.#closing ??= (async () => {
      this.#stopListening();
      this.#changes.complete();
      await this.#release();
    })();
    return this.#closing;
  }

  async remove(): Promise<void> {
    this.#mustBeOpen();
    await this.#client.call('dropTable', { table: this.#spec.table });
    await this.close();
  }

  async #writeSome(rows: BulkWriteRow<Type>[], context: string): Promise<RxStorageWriteError<Type>[]> {
    const primary = this.#spec.primary as StringKeys<Type>;
    const stored = new Map<string, RxDocumentData<Type>>();
    const flat: (string | number | null)[] = [];
    if (new Set(rows.map(({ document }) => document[primary])).size < rows.length)
      throw new Error(`a write to '${this.collectionName}' names a document twice`);
    for (const { document, previous } of rows) {
      const id = document[primary] as string;
      flat.push(
        id,
        previous?._rev ?? null,
        document._rev,
        document._deleted ? 1 : 0,
        document._meta.lwt,
        JSON.stringify(document),
      );
      if (previous) stored.set(id, previous);
    }
    const outcome = await this.#write(rows, flat, context);
    for (const id of outcome.missing) stored.delete(id);
    for (const document of parse<Type>(outcome.conflicts)) stored.set(document[primary] as unknown as string, document);
    const { errors, eventBulk } = categorizeBulkWriteRows<Type>(this, primary, stored, rows, context);
    if (eventBulk.events.length > 0) this.#changes.next({ ...eventBulk, checkpoint: { sequence: outcome.sequence } });
    return errors;
  }

  /** Writes, also across the end of the engine: what is stored afterwards tells whether the write had happened. */
  async #write(rows: BulkWriteRow<Type>[], flat: (string | number | null)[], context: string) {
    const { table, primary } = this.#spec;
    try {
      return await this.#client.call('write', { table, rows: flat, context });
    } catch (error) {
      if (!(error instanceof EngineError) || error.code !== 'gone') throw error;
    }
    const ids = rows.map(({ document }) => String(document[primary as keyof typeof document]));
    const now = new Map<string, RxDocumentData<Type>>();
    for (const document of parse<Type>(await this.#client.call('find', { table, ids, withDeleted: true })))
      now.set(String(document[primary as keyof typeof document]), document);
    const happened = rows.some(({ document }, index) => now.get(ids[index] ?? '')?._rev === document._rev);
    // A batch is one transaction: when one of its revisions is there, all that could be written are.
    if (!happened) return this.#client.call('write', { table, rows: flat, context });
    const conflicts = rows.flatMap(({ document }, index) => {
      const stored = now.get(ids[index] ?? '');
      return stored && stored._rev !== document._rev ? [stored] : [];
    });
    const { sequence } = await this.#client.call('changedSince', { table, sequence: 0, limit: 1 });
    return { sequence, conflicts: JSON.stringify(conflicts), missing: [] };
  }

  #writtenElsewhere({ context, sequence, changes }: WrittenElsewhere): void {
    const primary = this.#spec.primary;
    const events = changes.flatMap(({ document, previous }): RxStorageChangeEvent<RxDocumentData<Type>>[] => {
      const now = JSON.parse(document) as RxDocumentData<Type>;
      const before = previous === null ? undefined : (JSON.parse(previous) as RxDocumentData<Type>);
      const documentId = String(now[primary as keyof typeof now]);
      if (!before && now._deleted) return [];
      const inserted = !before || (before._deleted && !now._deleted);
      const operation = inserted ? 'INSERT' : now._deleted ? 'DELETE' : 'UPDATE';
      const previousDocumentData = inserted ? undefined : before;
      return [{ documentId, operation, documentData: now, previousDocumentData } as never];
    });
    if (events.length === 0) return;
    this.#changes.next({ id: crypto.randomUUID(), events, checkpoint: { sequence }, context });
  }

  #mustBeOpen(): void {
    if (this.#closing) throw new Error(`the storage of '${this.collectionName}' is closed`);
  }
}

function parse<Type>(documents: string): Documents<Type> {
  return JSON.parse(documents) as Documents<Type>;
}

function mangoRequest<Type>({ selector, sort, skip, limit }: FilledMangoQuery<Type>): MangoRequest {
  return {
    selector: selector,
    sort: sort,
    skip,
    limit: limit ?? -1,
  };
}
