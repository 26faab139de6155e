import type { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSqliteStore } from '#server/storage/sqlite/openSqliteStore.ts';
import { connect, newTask } from '#tests/support/protocolClient.ts';
import type { ProtocolClient } from '#tests/support/protocolClient.ts';
import { smallDemo, startServerProcess } from '#tests/support/serverProcess.ts';
import type { ServerProcess } from '#tests/support/serverProcess.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

const admin = 'admin@steward.example';

describe('a client that falls behind', { timeout: 60_000 }, () => {
  const folder = temporaryFolder('behind');
  let server: ServerProcess;
  beforeAll(async () => {
    server = await startServerProcess(folder, ['--seed', 'demo', ...smallDemo]);
  });
  afterAll(async () => {
    await server.stop();
  });

  it('is told to pull, and then has everything', async () => {
    const [writer, reader] = [await connect(server.url, admin), await connect(server.url, 'ops@steward.example')];
    const { seq } = await reader.pullAll('runs');
    const resync = new Promise((resolve) => reader.socket.once('resync', resolve));
    lineOf(reader).pause();
    const titles: string[] = [];
    for (let batch = 0; batch < 120; batch += 1) {
      const rows = Array.from({ length: 20 }, (_, index) =>
        newTask(`Batch ${batch}, row ${index}`, { body: { description: 'long '.repeat(1500) } }),
      );
      titles.push(...rows.map((row) => String(row.doc.body['title'])));
      expect(await writer.push('runs', rows)).toMatchObject({ ok: true, rejections: [] });
    }
    lineOf(reader).resume();
    expect(await resync).toEqual({});
    const seen = new Set<string>();
    for (let position = seq; ;) {
      const answer = await reader.pull('runs', position);
      if (!answer.ok) throw new Error(answer.error.message);
      for (const one of answer.documents as { body: { title?: string } }[]) seen.add(String(one.body.title));
      position = answer.checkpoint.seq;
      if (!answer.more) break;
    }
    expect(titles.filter((title) => !seen.has(title))).toEqual([]);
    writer.close();
    reader.close();
  });

  it('and was away longer than deletions are kept must pull from the start', async () => {
    const before = await connect(server.url, admin);
    const { seq } = await before.pullAll('runs');
    const row = newTask('Short-lived');
    const { id, kind, tenantId } = row.doc;
    await before.push('runs', [row]);
    await before.push('runs', [{ baseVersion: 1, doc: { id, kind, tenantId, version: 2, _deleted: true } }]);
    before.close();
    await server.stop();
    const store = openSqliteStore(folder, () => Date.now());
    await store.transaction((transaction) => transaction.compact(Date.now() + 1000));
    await store.close();
    await server.restart();

    const after = await connect(server.url, admin);
    expect(await after.pull('runs', seq)).toMatchObject({ ok: false, error: { code: 'checkpoint_expired' } });
    const whole = await after.pullAll('runs', 5);
    expect(whole.documents.map((one) => one.id)).not.toContain(id);
    expect(await after.pull('runs', whole.seq)).toMatchObject({ ok: true, documents: [], more: false });
    after.close();
  });
});

/** The line under a client, to stop reading from it as a sleeping machine does. */
function lineOf(client: ProtocolClient): Socket {
  const { transport } = client.socket.io.engine as unknown as { transport: { ws: { _socket: Socket } } };
  return transport.ws._socket;
}
