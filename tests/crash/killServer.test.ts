import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createChainVerifier } from '#shared/domain/audit/chainVerifier.ts';
import { openKeyRing } from '#shared/domain/audit/keyRing.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordState } from '#shared/records/envelope.ts';
import { createSeededRandom } from '#server/features/demo/seededRandom.ts';
import { connect, connectWith, logIn, newTask } from '#tests/support/protocolClient.ts';
import type { ProtocolClient } from '#tests/support/protocolClient.ts';
import { bundleServer } from '#tests/support/serverInOneFile.ts';
import { startServerProcess } from '#tests/support/serverProcess.ts';
import type { ServerProcess } from '#tests/support/serverProcess.ts';
import type { SessionAnswer } from '#shared/protocol/session.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

const rounds = 100;
const clients = 3;
const seed = Number(process.env['STEWARD_SEED'] ?? Date.now() % 1_000_000);
const account = { email: 'root@steward.example', password: 'a long enough password' };

describe(`kill -9 of the server, ${rounds} rounds, seed ${seed}`, { timeout: 400_000 }, () => {
  const random = createSeededRandom(seed);
  const folder = temporaryFolder('crash');
  const acknowledged = new Map<string, string>();
  const uncertain = new Map<string, string>();
  let server: ServerProcess;
  let session: SessionAnswer;
  beforeAll(async () => {
    const file = await bundleServer(temporaryFolder('bundle'));
    const options = ['--admin-email', account.email, '--admin-password', account.password];
    server = await startServerProcess(folder, options, file);
    session = await logIn(server.url, account.email, account.password);
  });
  afterAll(async () => {
    await server.stop();
  });

  it('keeps every acknowledged write, and nothing it acknowledged goes back in order', async () => {
    let highest = 0;
    for (let round = 0; round < rounds; round += 1) {
      const connected = await Promise.all(
        Array.from({ length: clients }, (_, index) => connectWith(server.url, session, `client-${index}`)),
      );
      const sequence = Number(connected[0]?.hello['sequence'] ?? 0);
      expect(sequence).toBeGreaterThanOrEqual(highest);
      highest = sequence;
      const pushing = connected.map((client) => pushUntilDeath(client));
      await new Promise((wake) => setTimeout(wake, random.integer(5, 90)));
      await server.kill();
      await Promise.all(pushing);
      await server.restart();
    }
    const one = await connect(server.url, account.email, account.password);
    const stored = new Map((await one.pullAll('runs')).documents.map((record) => [record.id, titleOf(record)]));
    expect(acknowledged.size).toBeGreaterThan(rounds);
    for (const [id, title] of acknowledged) expect(stored.get(id), `acknowledged ${id}`).toBe(title);
    for (const [id, title] of stored) expect(acknowledged.get(id) ?? uncertain.get(id), `stored ${id}`).toBe(title);
    await sendAgain(one, stored);
    await expectWholeAudit(one, stored);
    one.close();
  });

  /** Pushes one row after the other, as fast as answers come, until the line breaks. */
  async function pushUntilDeath(client: ProtocolClient): Promise<void> {
    const gone = new Promise<undefined>((resolve) => client.socket.once('disconnect', () => resolve(undefined)));
    for (;;) {
      const row = newTask(`typed ${random.hex(8)}`);
      const title = titleOf(row.doc);
      uncertain.set(row.doc.id, title);
      const answer = await Promise.race([client.push('runs', [row]).catch(() => undefined), gone]);
      if (!answer) return client.close();
      expect(answer).toEqual({ ok: true, conflicts: [], rejections: [] });
      acknowledged.set(row.doc.id, title);
    }
  }

  /** What had no answer is sent again: it arrives, or it is there already, and never twice. */
  async function sendAgain(one: ProtocolClient, stored: Map<string, string>): Promise<void> {
    for (const [id, title] of uncertain) {
      if (acknowledged.has(id)) continue;
      const answer = await one.push('runs', [newTask(title, { id })]);
      expect(answer).toMatchObject({ ok: true, conflicts: [], rejections: [] });
      stored.set(id, title);
    }
  }
});

async function expectWholeAudit(one: ProtocolClient, stored: ReadonlyMap<string, string>): Promise<void> {
  const living = async (collection: string) =>
    (await one.pullAll(collection)).documents.flatMap((record) =>
      isTombstone(record) || record.tenantId !== '' ? [] : [record],
    );
  const evidence = await living('access');
  const bodies = (kind: string) => evidence.filter((record) => record.kind === kind).map((record) => record.body);
  const entries = (await living('audit')).sort(
    (left, right) => Number(left.body['number']) - Number(right.body['number']),
  );
  const ring = openKeyRing({ serverId: String(one.hello['serverId']), keys: bodies('auditKey') });
  const verifier = createChainVerifier({ tenantId: '', ring, heads: bodies('auditHead') });
  verifier.addMany(entries);
  const report = verifier.finish({ fromStart: true, toEnd: true });
  expect([...ring.findings, ...report.findings]).toEqual([]);
  expect(report).toMatchObject({ beginsAt: 1, endsAt: entries.length });
  expect(report.signedUpTo).toBeGreaterThan(0);
  const about = entries.filter((entry) => entry.body['resource'] === 'task').map((entry) => entry.body['resourceId']);
  expect(new Set(about)).toEqual(new Set(stored.keys()));
  expect(about).toHaveLength(stored.size);
}

function titleOf(record: RecordState): string {
  return isTombstone(record) ? '' : String(record.body['title']);
}
