import { describe, expect, it } from 'vitest';
import { hashOfEntry } from '#shared/domain/audit/sealedForm.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import type { TextReads } from '../../read/textReads.ts';
import { toStored } from '../../storage/localDocument.ts';
import { createChainRunner } from './chainRunner.ts';
import type { ChainRunner, ChainWorker } from './chainRunner.ts';
import type { FromChainThread, ToChainThread, VerifyTask } from './chainTasks.ts';
import { createChainThread } from './chainThread.ts';
import { textPieces } from './textPieces.ts';

const longer = 2500;

function chainOf(count: number): RecordEnvelope[] {
  const made = { createdAt: '', createdBy: 'system', updatedAt: '', updatedBy: 'system', version: 1 };
  let prevHash = '';
  return Array.from({ length: count }, (_, index) => {
    const id = `entry-${index + 1}`;
    const body: JsonObject = {
      number: index + 1,
      at: new Date(Date.parse('2026-03-01T00:00:00.000Z') + index * 1000).toISOString(),
      actorId: 'staff-1',
      actorName: index === 0 ? '=HYPERLINK("x")' : 'Ada',
      action: 'update',
      resource: 'tenant',
      changes: [{ path: 'body.name', old: 'a', new: 'b' }],
      reason: '',
      format: 2,
      salt: 'AAAAAAAAAAAAAAAAAAAAAA',
      commitments: [],
      prevHash,
    };
    const hash = hashOfEntry({ id, tenantId: 'acme', body });
    prevHash = hash;
    return { id, kind: 'auditEntry', tenantId: 'acme', status: '', assignedTo: '', ...made, body: { ...body, hash } };
  });
}

/** The runner and the thread in one process, over records in memory that are read as the engine sends them. */
function openRunner(records: readonly RecordEnvelope[]): ChainRunner {
  const texts: TextReads = {
    after: ({ after, limit }) => {
      const from = after === null ? 0 : Number(after[0]) + 1;
      const page = records.slice(from, from + limit);
      const last = page.length === 0 ? null : [from + page.length - 1];
      return Promise.resolve({
        documents: JSON.stringify(page.map((record) => toStored({ record, pending: null }))),
        last,
      });
    },
    find: () => Promise.resolve('[]'),
  };
  const spawn = (): ChainWorker => {
    let listen: (message: FromChainThread) => void = () => undefined;
    const thread = createChainThread({
      post: (message) => queueMicrotask(() => listen(structuredClone(message))),
      breathe: () => new Promise((resume) => setTimeout(resume, 0)),
    });
    return {
      postMessage: (message: ToChainThread) => queueMicrotask(() => thread.receive(message)),
      onMessage: (listener) => (listen = listener),
      onEnd: () => undefined,
      terminate: () => (listen = () => undefined),
    };
  };
  return createChainRunner(() => texts, spawn);
}

const verify: VerifyTask = {
  task: 'verify',
  serverId: 'server-1',
  keys: [],
  trusted: '',
  since: '',
  chains: [{ tenantId: 'acme', gaps: [], heads: [], witnessed: undefined, fromStart: true, toEnd: true }],
};
const list = { kind: 'auditEntry', conditions: [], words: [], order: [] };

describe('verifying beside the window', () => {
  it('reads the chain page by page and says how far it is', async () => {
    const runner = openRunner(chainOf(longer));
    const told: number[] = [];
    const outcome = await runner.run(verify, ({ entries }) => told.push(entries));
    expect(outcome).toMatchObject({ outcome: 'done', answer: { reports: [{ entries: longer, findings: [] }] } });
    expect(told).toEqual([1000, 2000, longer, longer]);
    runner.close();
  });

  it('names the entry that was altered', async () => {
    const records = chainOf(longer);
    const one = records[1233];
    if (one) records[1233] = { ...one, body: { ...one.body, actorName: 'Eve' } };
    const outcome = await openRunner(records).run(verify, () => undefined);
    const findings = outcome.outcome === 'done' ? outcome.answer.reports[0]?.findings : [];
    expect(findings?.[0]).toMatchObject({ kind: 'altered', number: 1234, id: 'entry-1234' });
  });

  it('stops when it is told to', async () => {
    const runner = openRunner(chainOf(longer));
    const outcome = await runner.run(verify, () => runner.stop());
    expect(outcome).toEqual({ outcome: 'stopped' });
  });
});

describe('writing the log out beside the window', () => {
  const textOf = async (runner: ChainRunner, format: 'csv' | 'json') => {
    const pieces: string[] = [];
    const outcome = await runner.run({ task: 'export', format, list }, async ({ text }) => {
      await Promise.resolve();
      pieces.push(text);
    });
    expect(outcome).toEqual({ outcome: 'done', answer: { entries: longer } });
    return pieces.join('');
  };

  it('gives every entry once, and nothing that a spreadsheet would run', async () => {
    const runner = openRunner(chainOf(longer));
    const lines = (await textOf(runner, 'csv')).split('\r\n');
    expect(lines).toHaveLength(longer + 2);
    expect(lines[1]).toContain(`"'=HYPERLINK(""x"")"`);
    const read = JSON.parse(await textOf(runner, 'json')) as { number: number }[];
    expect(read.map(({ number }) => number)).toEqual(Array.from({ length: longer }, (_, index) => index + 1));
    runner.close();
  });

  it('goes no further while what it gave is not taken', async () => {
    const runner = openRunner(chainOf(longer));
    let parts = 0;
    const outcome = runner.run({ task: 'export', format: 'csv', list }, () => {
      parts += 1;
      return new Promise(() => undefined);
    });
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resume) => setTimeout(resume, 0));
    expect(parts).toBe(1);
    runner.close();
    expect(await outcome).toEqual({ outcome: 'stopped' });
  });

  it('makes a bundle that verifies', async () => {
    const records = chainOf(20);
    const runner = openRunner(records);
    const bundle = {
      serverId: 'server-1',
      exportedAt: '2026-03-02T00:00:00.000Z',
      exportedBy: 'Ada',
      keys: [],
      chains: [{ tenantId: 'acme', name: 'Acme', gaps: [], heads: [] }],
    };
    let text = '';
    await runner.run({ task: 'export', format: 'bundle', list, bundle }, (piece) => (text += piece.text));
    const outcome = await runner.run({ task: 'bundle', file: new Blob([text]), trusted: '' }, () => undefined);
    expect(outcome).toMatchObject({
      outcome: 'done',
      answer: { isSealed: false, chains: [{ entries: 20, findings: [] }] },
    });
    const cut = await runner.run(
      { task: 'bundle', file: new Blob([text.slice(0, 900)]), trusted: '' },
      () => undefined,
    );
    expect(cut.outcome).toBe('failed');
  });
});

describe('a long text', () => {
  it('is cut between characters', () => {
    const text = 'ab😀cd😀';
    for (const size of [1, 2, 3, 4, 100]) {
      const pieces = [...textPieces(text, size)];
      expect(pieces.join('')).toBe(text);
      expect(pieces.every((piece) => piece.isWellFormed())).toBe(true);
    }
  });
});
