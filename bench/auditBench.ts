import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { portableCrypto } from '#shared/domain/audit/auditCrypto.ts';
import type { AuditCrypto } from '#shared/domain/audit/auditCrypto.ts';
import type { ChainEntry } from '#shared/domain/audit/auditTypes.ts';
import {
  bundleEnd,
  bundleEntry,
  bundleFormat,
  bundleStart,
  chainEnd,
  chainStart,
} from '#shared/domain/audit/bundle.ts';
import { createBundleReader } from '#shared/domain/audit/bundleReader.ts';
import { createChainVerifier } from '#shared/domain/audit/chainVerifier.ts';
import { openKeyRing } from '#shared/domain/audit/keyRing.ts';
import { canonicalJson } from '#shared/kernel/canonicalJson.ts';
import { createUuidV7Source } from '#shared/kernel/uuidV7.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { createSeededRandom } from '#server/features/demo/seededRandom.ts';
import { generateDemoData } from '#server/features/demo/generateDemoData.ts';
import { openSqliteStore } from '#server/storage/sqlite/openSqliteStore.ts';
import { chainEntry, saltLength } from '#server/sync/auditTrail.ts';
import { serverCrypto } from '#server/sync/serverCrypto.ts';
import { createWriteBatch } from '#server/sync/writeBatch.ts';
import { percentile } from './measure.ts';
import type { Measure } from './measure.ts';

const verified = 100_000;
const stored = 300_000;

/** Sealing, verifying and reading the audit log; all but the store by processor time. */
export async function* benchAudit(): AsyncGenerator<Measure> {
  const plain = demoEntries(20_000);
  yield* sealing(plain);
  const chain = chainOf(demoEntries(verified));
  yield verification('verify 100,000 entries, Node', chain, serverCrypto);
  yield verification('verify 100,000 entries, code that runs everywhere', chain, portableCrypto);
  yield* bundle(chain);
  yield* reading(plain);
}

function demoEntries(count: number): RecordEnvelope[] {
  const sizes = { tenants: 20, rules: 20, events: 200, auditEntries: count, referrals: 60, clicks: 60, anomalies: 20 };
  return [...generateDemoData({ ...sizes, seed: 5, now: Date.UTC(2026, 10, 21) })]
    .flat()
    .filter((record) => record.kind === 'auditEntry');
}

const saltOf = (index: number) => createHash('sha256').update(String(index)).digest().subarray(0, saltLength);

/** Every entry of one chain, whosoever it is about. */
function chainOf(records: readonly RecordEnvelope[]): ChainEntry[] {
  let head: { number: number; hash: string } | undefined;
  return records.map((record, index) => {
    const chained = chainEntry({ ...record, tenantId: 'acme' }, head, saltOf(index));
    head = chained.head;
    const { id, tenantId, body } = chained.entry;
    return { id, tenantId, body };
  });
}

/** What commitments cost beside one hash over the whole entry, in turns so that both see the same machine. */
function* sealing(records: readonly RecordEnvelope[]): Generator<Measure> {
  const turns: [number, number][] = [];
  for (let turn = 0; turn < 6; turn++) {
    const whole = timed(() => {
      let prevHash = '';
      for (const [index, { body }] of records.entries())
        prevHash = createHash('sha256')
          .update(canonicalJson({ ...body, number: index + 1, prevHash }))
          .digest('hex');
    });
    turns.push([whole, timed(() => chainOf(records))]);
  }
  const n = records.length;
  const [whole, committed] = [0, 1].map(
    (at) =>
      percentile(
        turns.slice(1).map((turn) => turn[at] ?? 0),
        0.5,
      ) / n,
  );
  yield { name: 'seal an audit entry, one hash', unit: 'µs', value: (whole ?? 0) * 1000, n };
  yield { name: 'seal an audit entry, with commitments', unit: 'µs', value: (committed ?? 0) * 1000, n };
  yield {
    name: 'seal an audit entry, with commitments by one hash',
    unit: 'times',
    value: (committed ?? 0) / (whole ?? 1),
    n,
  };
}

const ring = openKeyRing({ serverId: 'server-1', keys: [] });

function verification(name: string, entries: readonly ChainEntry[], crypto: AuditCrypto): Measure {
  const verifier = createChainVerifier({ tenantId: 'acme', ring }, crypto);
  const took = timed(() => verifier.addMany(entries));
  const { findings } = verifier.finish({ fromStart: true, toEnd: true });
  if (findings.length > 0) throw new Error(`the chain does not hold: ${JSON.stringify(findings[0])}`);
  return { name, unit: 'rows/s', value: (entries.length / took) * 1000, n: entries.length };
}

/** As `npm run verify` reads it, without the disk; a bundle without keys, as a server has signed nothing of it. */
function* bundle(entries: readonly ChainEntry[]): Generator<Measure> {
  const reader = createBundleReader('', serverCrypto);
  const about = { format: bundleFormat, version: 1, serverId: 'server-1', exportedAt: '', exportedBy: '' } as const;
  reader.feed(bundleStart({ ...about, keys: [] }));
  reader.feed(chainStart({ tenantId: 'acme', name: '', gaps: [], heads: [] }, true));
  let most = 0;
  let characters = 0;
  const took = timed(() => {
    for (const [index, entry] of entries.entries()) {
      const text = bundleEntry(entry, index === 0);
      characters += text.length;
      reader.feed(text);
      if (index % 2000 === 0) most = Math.max(most, process.memoryUsage().heapUsed);
    }
    reader.feed(chainEnd + bundleEnd(null));
  });
  if (!reader.finish().holds) throw new Error('the bundle does not hold');
  yield {
    name: 'read and verify a bundle of 100,000 entries',
    unit: 'rows/s',
    value: (entries.length / took) * 1000,
    n: entries.length,
  };
  yield { name: 'size of that bundle', unit: 'MB', value: characters / 1e6, n: 1 };
  if (most === 0) throw new Error('no memory was measured');
}

/** Pages of a chain among 300,000 stored entries. */
async function* reading(records: readonly RecordEnvelope[]): AsyncGenerator<Measure> {
  const folder = mkdtempSync(join(tmpdir(), 'steward-bench-'));
  const clock = () => Date.now();
  const ids = createUuidV7Source(clock, createSeededRandom(5).bytes);
  const store = openSqliteStore(folder, clock);
  try {
    const began = performance.now();
    for (let at = 0; at < stored; at += 5000)
      await store.transaction(async (transaction) => {
        const batch = createWriteBatch(transaction, { clock, ids });
        for (let index = at; index < at + 5000; index++) {
          const record = records[index % records.length];
          if (record) batch.append({ ...record, id: ids() });
        }
        await batch.flush();
      });
    yield {
      name: 'seal and store audit entries, 5,000 a commit',
      unit: 'rows/s',
      value: (stored / (performance.now() - began)) * 1000,
      n: stored,
    };
    const [longest] = (await store.allChainHeads(undefined, 1000)).toSorted(
      (left, right) => right.number - left.number,
    );
    if (!longest) throw new Error('there is no chain');
    const times: number[] = [];
    for (let turn = 0; turn < 100; turn++) {
      const from = 1 + ((turn * 7919) % Math.max(1, longest.number - 500));
      const start = performance.now();
      await store.chainEntries(longest.tenantId, from, 500);
      times.push(performance.now() - start);
    }
    yield {
      name: 'page of 500 of one log among 300,000 entries, p50',
      unit: 'ms',
      value: percentile(times, 0.5),
      n: times.length,
    };
    yield {
      name: 'page of 500 of one log among 300,000 entries, p99',
      unit: 'ms',
      value: percentile(times, 0.99),
      n: times.length,
    };
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Milliseconds of processor time, the collector's threads included: the same on a busy machine. */
function timed(work: () => unknown): number {
  const began = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}
