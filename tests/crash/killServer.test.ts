import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonicalJson } from '#shared/kernel/canonicalJson.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordState } from '#shared/records/envelope.ts';
import { createSeededRandom } from '#server/features/demo/seededRandom.ts';
import { connect, connectWith, logIn, newTask } from '#tests/support/protocolClient.ts';
import type { ProtocolClient } from '#tests/support/protocolClient.ts';
import { startServerProcess } from '#tests/support/serverProcess.ts';
import type { ServerProcess } from '#tests/support/serverProcess.ts';
import type { SessionAnswer } from '#shared/protocol/session.ts';

const rounds = 100;
const clients = 3;
const seed = Number(process.env['STEWARD_SEED'] ?? Date.now() % 1_000_000);
const account = { email: 'root@steward.example', password: 'a long enough password' };

describe(`kill -9 of the server, ${rounds} rounds, seed ${seed}`, { timeout: 400_000 }, () => {
  const random = createSeededRandom(seed);
  const folder = mkdtempSync(join(tmpdir(), 'steward-crash-'));
  const acknowledged = new Map<string, string>();
  const uncertain = new Map<string, string>();
  let server: ServerProcess;
  let session: SessionAnswer;
  beforeAll(async () => {
    server = await startServerProcess(folder, ['--admin-email', account.email, '--admin-password', account.password]);
    session = await logIn(server.url, account.email, account.password);
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
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
  const entries = (await one.pullAll('audit')).documents
    .flatMap((record) => (isTombstone(record) || record.tenantId !== '' ? [] : [record.body]))
    .sort((left, right) => Number(left['number']) - Number(right['number']));
  let previous = '';
  entries.forEach((body, index) => {
    expect(body['number']).toBe(index + 1);
    expect(body['prevHash']).toBe(previous);
    const { hash, ...rest } = body;
    expect(createHash('sha256').update(canonicalJson(rest)).digest('hex')).toBe(hash);
    previous = String(hash);
  });
  const about = entries.filter((body) => body['resource'] === 'task').map((body) => body['resourceId']);
  expect(new Set(about)).toEqual(new Set(stored.keys()));
  expect(about).toHaveLength(stored.size);
}

function titleOf(record: RecordState): string {
  return isTombstone(record) ? '' : String(record.body['title']);
}
