import { createHash } from 'node:crypto';
import { RecordDigest } from '#shared/records/digest.ts';
import type { EngineAnswers, EngineArguments, TableSize, TableSpec } from '#shared/replica/engineCalls.ts';
import { jsonArray } from './jsonArray.ts';
import { mangoSql } from './mangoSql.ts';
import { quoted } from './sqlText.ts';
import type { Statements } from './statements.ts';

/** Documents a superset is read in, when RxDB's own matcher has to look at each. */
const supersetPage = 2000;
const digestPage = 20_000;

export interface TableReads {
  find: (ids: readonly string[], withDeleted: boolean) => string;
  query: (query: EngineArguments<'query'>['query']) => EngineAnswers['query'];
  count: (query: EngineArguments<'count'>['query']) => EngineAnswers['count'];
  changedSince: (sequence: number, limit: number) => EngineAnswers['changedSince'];
  ids: (request: Omit<EngineArguments<'ids'>, 'table'>) => EngineAnswers['ids'];
  /** Steps of work; between two of them others may be served. */
  digest: (since: string | undefined) => Generator<undefined, EngineAnswers['digest']>;
  size: () => TableSize;
}

/** What RxDB and replication read of a table. */
export function createTableReads(statements: Statements, spec: TableSpec): TableReads {
  const table = quoted(spec.table);
  return {
    find: (ids, withDeleted) =>
      jsonArray(
        statements
          .prepare(
            `SELECT data FROM ${table} WHERE id IN (SELECT value FROM json_each(?))${withDeleted ? '' : ' AND deleted = 0'}`,
          )
          .all([JSON.stringify(ids)]),
      ),
    query: (query) => {
      const { where, values, order, sorted, ...found } = mangoSql(spec, query);
      const exact = found.exact && sorted;
      const limit = exact ? query.limit : supersetPage + 1;
      const skip = query.skip;
      const source =
        limit < 0 && skip === 0
          ? `SELECT data FROM ${table} WHERE ${where} ORDER BY ${order}`
          : `SELECT data FROM ${table} WHERE rowid IN (SELECT rowid FROM ${table} WHERE ${where} ORDER BY ${order} LIMIT ${limit} OFFSET ${skip}) ORDER BY ${order}`;
      const rows = statements.prepare(source).all(values);
      const more = !exact && rows.length > supersetPage;
      return { documents: jsonArray(more ? rows.slice(0, supersetPage) : rows), exact, sorted, more };
    },
    count: (query) => {
      const { where, values, exact } = mangoSql(spec, query);
      if (!exact) return { count: 0, exact };
      const [row] = statements.prepare(`SELECT count(*) FROM ${table} WHERE ${where}`).all(values);
      return { count: Number(row?.[0]), exact };
    },
    changedSince: (sequence, limit) => {
      const rows = statements
        .prepare(`SELECT data, seq FROM ${table} WHERE seq > ? ORDER BY seq LIMIT ?`)
        .all([sequence, limit]);
      return { documents: jsonArray(rows), sequence: Number(rows.at(-1)?.[1] ?? sequence) };
    },
    ids: ({ after, limit }) =>
      statements
        .prepare(`SELECT id FROM ${table} WHERE deleted = 0 AND id > ? ORDER BY id LIMIT ?`)
        .all([after, limit])
        .map(([id]) => String(id)),
    digest: function* (since) {
      const digest = new RecordDigest((text) => createHash('sha256').update(text).digest());
      const recent = since === undefined ? '' : ` AND ${documentInstant} >= ?`;
      const read = statements.prepare(
        `SELECT rowid, id, known FROM ${table} WHERE rowid > ? AND known IS NOT NULL${recent} ORDER BY rowid LIMIT ${digestPage}`,
      );
      for (let after = 0; ;) {
        const rows = read.all(since === undefined ? [after] : [after, since]);
        for (const [rowid, id, known] of rows) {
          digest.add(String(id), Number(known));
          after = Number(rowid);
        }
        if (rows.length < digestPage) break;
        yield;
      }
      return { count: digest.count, hash: digest.hash };
    },
    size: () => {
      const [row] = statements.prepare(`SELECT count(*) FROM ${table}`).all([]);
      const edges = spec.lists.flatMap((list) => {
        const [found] = statements
          .prepare(
            `SELECT min("plain:updatedAt"), max("plain:updatedAt") FROM ${table} WHERE listed = '${list.kind.replaceAll("'", "''")}'`,
          )
          .all([]);
        return found && typeof found[0] === 'string' ? [[found[0], String(found[1])] as const] : [];
      });
      return {
        table: spec.table,
        documents: Number(row?.[0]),
        oldest: edges.map(([oldest]) => oldest).sort()[0] ?? '',
        newest:
          edges
            .map(([, newest]) => newest)
            .sort()
            .at(-1) ?? '',
      };
    },
  };
}

/** When the server's state of a record was changed last; an unsent edit does not count. */
const documentInstant = `iif(edited = 1, data->>'$.edit.base.updatedAt', "plain:updatedAt")`;
