import { matchesFilter } from '#shared/domain/audit/auditFilter.ts';
import type { ChainEntry } from '#shared/domain/audit/auditTypes.ts';
import {
  bundleEnd,
  bundleEntry,
  bundleFormat,
  bundleStart,
  bundleStatement,
  chainEnd,
  chainStart,
} from '#shared/domain/audit/bundle.ts';
import { committedPaths } from '#shared/domain/audit/commitments.ts';
import { eraseValues } from '#shared/domain/audit/eraseValues.ts';
import { lastRemoved } from '#shared/domain/audit/thinnings.ts';
import type { ChainEnd } from '#shared/domain/audit/bundle.ts';
import { csvHeader, csvRow, jsonEnd, jsonRow, jsonStart } from '#shared/domain/audit/exportRows.ts';
import type { AuditExportRequest } from '#shared/protocol/audit.ts';
import type { Clock, IdSource } from '#shared/kernel/sources.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { tenant } from '#shared/resources/tenants/tenant.ts';
import type { SyncStore } from '../../storage/store.ts';
import type { AuditingActor, AuditingWrite } from './auditingBatch.ts';
import type { SignedHeads } from './signedHeads.ts';
import type { SigningKeys } from './signingKeys.ts';
import type { Turns } from './turns.ts';

/** What the person who asks may have of the log. */
export interface ExportRights {
  /** Whole chains that are theirs to export. */
  mayExport: (tenantId: string) => boolean;
  /** An entry as they see it; undefined = not at all. */
  show: (entry: RecordEnvelope) => RecordEnvelope | undefined;
}

export interface ExportLog {
  /**
   * The text of an export, in parts, chain by chain in the order of numbers; noted in the log before the first part and after the last
   * one, also when the reader breaks off.
   */
  parts: (request: AuditExportRequest, actor: AuditingActor, rights: ExportRights) => AsyncGenerator<string>;
}

export interface ExportLogOptions {
  store: SyncStore;
  write: AuditingWrite;
  keys: SigningKeys;
  heads: SignedHeads;
  turns: Turns;
  serverId: string;
  clock: Clock;
  ids: IdSource;
}

/** Entries read at once; between two reads others have their turn. */
const together = 500;
/** Characters of a part, about. */
const partSize = 64 * 1024;

interface Chain {
  tenantId: string;
  /** Number of the last entry that belongs into the export. */
  last: number;
}

export function createExportLog(options: ExportLogOptions): ExportLog {
  const { store, write, keys, heads, turns, serverId, clock, ids } = options;

  const note = (
    request: AuditExportRequest,
    actor: AuditingActor,
    requestId: string,
    more: Record<string, string | number | boolean>,
  ) => {
    const { tenantIds = [] } = request.filter;
    const changes = Object.entries({ format: request.format, filter: request.filter, ...more }).map(
      ([path, value]) => ({
        path,
        new: value,
      }),
    );
    const tenantId = tenantIds.length === 1 ? (tenantIds[0] ?? '') : '';
    return write(1, async (batch) =>
      batch.note({ actor, tenantId, action: 'export', resource: 'auditEntry', changes, requestId }),
    );
  };

  const chainsOf = async ({ filter }: AuditExportRequest, { mayExport }: ExportRights): Promise<Chain[]> => {
    const wanted = filter.tenantIds && new Set(filter.tenantIds);
    const chains: Chain[] = [];
    for (let after: string | undefined; ;) {
      const page = await store.allChainHeads(after, 1000);
      for (const { tenantId, number } of page)
        if ((!wanted || wanted.has(tenantId)) && mayExport(tenantId)) chains.push({ tenantId, last: number });
      after = page.at(-1)?.tenantId;
      if (page.length < 1000) return chains;
    }
  };
  const entriesOf = async function* ({ tenantId, last }: Chain, from: number): AsyncGenerator<RecordEnvelope> {
    for (let next = from; next <= last;) {
      const page = await store.chainEntries(tenantId, next, together);
      for (const entry of page) {
        next = Number(entry.body['number']) + 1;
        if (next > last + 1) return;
        yield entry;
      }
      if (page.length < together) return;
      await new Promise<void>((wake) => setImmediate(wake));
    }
  };

  const rows = async function* (request: AuditExportRequest, rights: ExportRights, count: () => boolean) {
    const { format, filter } = request;
    const wanted = matchesFilter(filter);
    yield format === 'csv' ? csvHeader : jsonStart;
    for (const chain of await chainsOf(request, rights))
      for await (const record of entriesOf(chain, 1)) {
        const entry = rights.show(record);
        if (!entry || !wanted(entry)) continue;
        const isFirst = count();
        yield format === 'csv' ? csvRow(entry) : jsonRow(entry, isFirst);
      }
    if (format === 'json') yield jsonEnd;
  };

  const bundle = async function* (
    request: AuditExportRequest,
    actor: AuditingActor,
    rights: ExportRights,
    count: () => boolean,
  ) {
    const chains = await chainsOf(request, rights);
    for (let at = 0; at < chains.length; at += together)
      await heads.sign(chains.slice(at, at + together).map((chain) => chain.tenantId));
    // The seal needs a key.
    await keys.rotation();

    // What is signed from here on, with whatever key, belongs into the next bundle.
    const signed = chains.map((chain) => ({ ...chain, head: heads.of(chain.tenantId) }));
    const signer = keys.signer();
    const about = { serverId, exportedAt: new Date(clock()).toISOString(), exportedBy: actor.name };
    yield bundleStart({ format: bundleFormat, version: 1, ...about, keys: [...keys.evidence()] });
    const gaps = Map.groupBy(await store.recordsOfKind('auditGap'), (record) => record.tenantId);
    const ends: ChainEnd[] = [];
    for (const [index, { tenantId, last, head }] of signed.entries()) {
      const bodies = (gaps.get(tenantId) ?? []).flatMap((gap) => (isTombstone(gap) ? [] : [gap.body]));
      const behind = lastRemoved(bodies);
      yield chainStart(
        { tenantId, name: await nameOf(tenantId), gaps: bodies, heads: head ? [head] : [] },
        index === 0,
      );
      let isFirst = true;
      for await (const record of entriesOf({ tenantId, last: head?.number ?? last }, behind + 1)) {
        yield bundleEntry(asEntry(rights.show(record) ?? withheld(record)), isFirst);
        isFirst = false;
        count();
      }
      if (head) ends.push({ tenantId, number: head.number, hash: head.hash });
      yield chainEnd;
    }
    yield bundleEnd(
      signer ? { keyId: signer.keyId, signature: signer.sign(bundleStatement(about, ends, signer.keyId)) } : null,
    );
  };
  const nameOf = async (tenantId: string): Promise<string> => {
    const record = tenantId === '' ? undefined : (await store.getRecords([tenantId])).get(tenantId);
    return record && !isTombstone(record) && record.kind === tenant.kind ? tenant.titleOf(record).slice(0, 400) : '';
  };

  return {
    parts: async function* (request, actor, rights) {
      const requestId = ids();
      const began = clock();
      await note(request, actor, requestId, { state: 'begun' });
      const release = await turns.read();
      let entries = 0;
      let isWhole = false;
      const count = () => entries++ === 0;
      try {
        const texts =
          request.format === 'bundle' ? bundle(request, actor, rights, count) : rows(request, rights, count);
        let part = '';
        for await (const text of texts) {
          part += text;
          if (part.length < partSize) continue;
          yield part;
          part = '';
        }
        isWhole = true;
        yield part;
      } finally {
        release();
        await note(request, actor, requestId, {
          state: isWhole ? 'whole' : 'broken off',
          entries,
          milliseconds: clock() - began,
        });
      }
    },
  };
}

const asEntry = ({ id, tenantId, body }: RecordEnvelope): ChainEntry => ({ id, tenantId, body });

/** Of an entry that its reader may not see what the chain needs. */
function withheld(record: RecordEnvelope): RecordEnvelope {
  return { ...record, body: eraseValues(record.body, committedPaths(record.body)) };
}
