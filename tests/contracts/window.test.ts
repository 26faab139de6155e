import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RecordDigest } from '#shared/records/digest.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordEnvelope, RecordState } from '#shared/records/envelope.ts';
import type { PullAnswer } from '#shared/protocol/messages.ts';
import { startDemoServer } from '#tests/support/demoServer.ts';
import type { DemoServer } from '#tests/support/demoServer.ts';
import { connect, newTask } from '#tests/support/protocolClient.ts';
import type { ProtocolClient } from '#tests/support/protocolClient.ts';

/** Before all demo data, so that only what a test writes lies outside. */
const since = '2001-03-01T00:00:00.000Z';
const inside = '2001-03-02T10:00:00.000Z';
const outside = '2001-02-27T10:00:00.000Z';

describe('a client that keeps a window of days', () => {
  let server: DemoServer;
  let ada: ProtocolClient;
  beforeAll(async () => {
    server = await startDemoServer();
    ada = await connect(server.url, 'admin@steward.example');
  });
  afterAll(async () => {
    ada.close();
    await server.stop();
  });

  const ask = async <Answer>(event: string, payload: object, client = ada): Promise<Answer> =>
    (await client.socket.timeout(20_000).emitWithAck(event, payload)) as Answer;
  /** Every page from a checkpoint on, with the estimates that came with them. */
  const pullWindow = async (window: { since?: string }, { seq = 0, limit = 2000, client = ada } = {}) => {
    const pages: { documents: RecordState[]; remaining: number | undefined }[] = [];
    for (let checkpoint: { seq: number } | null = seq === 0 ? null : { seq }; ;) {
      const request = { collection: 'runs', checkpoint, limit, ...window };
      const answer: PullAnswer = await ask<PullAnswer>('pull', request, client);
      if (!answer.ok) throw new Error(answer.error.message);
      pages.push({ documents: answer.documents as RecordState[], remaining: answer.remaining });
      checkpoint = answer.checkpoint;
      if (!answer.more)
        return { documents: pages.flatMap((page) => page.documents), pages, seq: answer.checkpoint.seq };
    }
  };
  const pushed = async (title: string, updatedAt: string, changes: Partial<RecordEnvelope> = {}) => {
    const row = newTask(title, { updatedAt, ...changes });
    expect(await ada.push('runs', [row])).toMatchObject({ ok: true, conflicts: [], rejections: [] });
    return row.doc;
  };
  const edited = async (doc: RecordEnvelope, changes: Partial<RecordEnvelope>) => {
    const row = { baseVersion: doc.version, doc: { ...doc, version: doc.version + 1, ...changes } };
    expect(await ada.push('runs', [row])).toMatchObject({ ok: true, conflicts: [], rejections: [] });
    return row.doc;
  };
  const idsOf = (documents: readonly RecordState[]) => documents.map((one) => one.id);
  const get = async (query: string) => {
    const answer = await fetch(`${server.url}/v1/records/runs?${query}`, {
      headers: { authorization: `Bearer ${ada.session.accessToken}` },
    });
    return {
      status: answer.status,
      body: (await answer.json()) as { documents: RecordState[]; before: number | null },
    };
  };

  it('pulls what changed inside it, in pages of any size, to the checkpoint of everybody', async () => {
    const edge = await pushed('On the edge', since);
    const young = await pushed('Inside', inside);
    const old = await pushed('Just before', '2001-02-28T23:59:59.999Z');
    const whole = await pullWindow({});
    const part = await pullWindow({ since });
    expect(part.seq).toBe(whole.seq);
    expect(idsOf(part.documents)).toEqual(expect.arrayContaining([edge.id, young.id]));
    expect(idsOf(part.documents)).not.toContain(old.id);
    const wanted = whole.documents.filter((one) => isTombstone(one) || one.updatedAt >= since);
    expect(part.documents).toEqual(wanted);
    const small = await pullWindow({ since }, { limit: 3 });
    expect(small.documents).toEqual(wanted);
    expect(small.pages.length).toBeGreaterThan(1);
    expect(small.pages[0]?.remaining).toBe(wanted.length - 3);
    expect((await pullWindow({ since: '2999-01-01T00:00:00Z' })).seq).toBe(whole.seq);
  });

  it('goes on from its checkpoint, and a change made now is inside every window', async () => {
    const doc = await pushed('Long forgotten', outside);
    const { seq, documents } = await pullWindow({ since });
    expect(idsOf(documents)).not.toContain(doc.id);
    const live = new Promise<RecordState>((resolve) => {
      ada.socket.on('changes', (changes: { documents: RecordState[] }) => {
        const mine = changes.documents.find((one) => one.id === doc.id);
        if (mine) resolve(mine);
      });
    });
    await edited(doc, { updatedAt: new Date().toISOString(), body: { ...doc.body, title: 'Remembered' } });
    expect(await live).toMatchObject({ id: doc.id, version: 2 });
    expect((await pullWindow({ since }, { seq })).documents).toMatchObject([{ id: doc.id, version: 2 }]);
  });

  it('hears of deletions outside it', async () => {
    const { id, kind, tenantId } = await pushed('Old and doomed', outside);
    const { seq } = await pullWindow({ since });
    const tombstone = { id, kind, tenantId, version: 2, _deleted: true as const };
    expect(await ada.push('runs', [{ baseVersion: 1, doc: tombstone }])).toMatchObject({ rejections: [] });
    expect((await pullWindow({ since }, { seq })).documents).toEqual([tombstone]);
    expect((await pullWindow({ since })).documents).toContainEqual(tombstone);
  });

  it('loses a record that is no longer theirs though it lies outside; who still sees it gets nothing', async () => {
    const viewer = await connect(server.url, 'support@steward.example');
    const me = String((viewer.hello['principal'] as { id?: string }).id);
    const doc = await pushed('For support', inside, { assignedTo: me });
    const held = await pullWindow({ since }, { client: viewer });
    expect(idsOf(held.documents)).toContain(doc.id);
    await edited(doc, { assignedTo: 'somebody', updatedAt: outside });
    expect((await pullWindow({ since }, { seq: held.seq, client: viewer })).documents).toEqual([
      { id: doc.id, kind: 'task', tenantId: '', version: 2, _deleted: true },
    ]);
    expect((await pullWindow({ since }, { seq: held.seq })).documents).toEqual([]);
    expect((await pullWindow({}, { seq: held.seq })).documents).toMatchObject([{ id: doc.id, version: 2 }]);
    viewer.close();
  });

  it('has the digest of what it pulled', async () => {
    await pushed('Not in the window', outside);
    const fingerprint = (documents: readonly RecordState[]) => {
      const digest = new RecordDigest();
      for (const one of documents) if (!isTombstone(one)) digest.add(one.id, one.version);
      return { ok: true, count: digest.count, hash: digest.hash };
    };
    const part = fingerprint((await pullWindow({ since })).documents);
    const whole = fingerprint((await pullWindow({})).documents);
    expect(await ask('digest', { collection: 'runs', since })).toMatchObject(part);
    expect(await ask('digest', { collection: 'runs' })).toMatchObject(whole);
    expect(part.count).toBeLessThan(whole.count);
  });

  it('pages over HTTP through exactly what lies before it', async () => {
    await pushed('On the edge again', since);
    const old = await pushed('Older', outside);
    await pushed('Older by a day', '2001-02-26T10:00:00Z');
    await pushed('Of the next day', '2001-02-28T00:00:00Z');
    const ids: string[] = [];
    for (let before = ''; ;) {
      const { status, body } = await get(`until=${since}&limit=2${before}`);
      expect(status).toBe(200);
      ids.push(...idsOf(body.documents));
      if (body.before === null) break;
      before = `&before=${body.before}`;
    }
    const living = (await pullWindow({})).documents.filter((one): one is RecordEnvelope => !isTombstone(one));
    const wanted = living.filter((one) => one.updatedAt < since);
    expect(ids).toEqual(idsOf(wanted).reverse());
    expect(ids.length).toBeGreaterThan(2);
    const days = await get(`since=2001-02-27T00:00:00Z&until=2001-02-28T00:00:00Z&kind=task&limit=1000`);
    expect(idsOf(days.body.documents)).toContain(old.id);
    expect(idsOf(days.body.documents)).toEqual(
      idsOf(wanted.filter((one) => one.kind === 'task' && one.updatedAt.startsWith('2001-02-27'))).reverse(),
    );
    expect((await get(`since=${since}&until=${since}`)).body).toEqual({ documents: [], before: null });
  });

  it('is refused with the path of what is no instant', async () => {
    const refused = { ok: false, error: { code: 'invalid_message', path: 'since' } };
    for (const bad of ['', 'yesterday', '2001-02-30T00:00:00Z', '2001-03-01', '2001-03-01T00:00:00+01:00', 7, null]) {
      const client = await connect(server.url, 'ops@steward.example');
      const pull = { collection: 'runs', checkpoint: null, limit: 10, since: bad };
      expect(await ask('pull', pull, client)).toMatchObject(refused);
      expect(await ask('digest', { collection: 'runs', since: bad }, client)).toMatchObject(refused);
      client.close();
    }
    for (const name of ['since', 'until'])
      for (const bad of ['', 'yesterday', '2001-02-30T00:00:00Z', `${since}&${name}=${since}`])
        expect(await get(`${name}=${bad}`)).toMatchObject({
          status: 400,
          body: { error: { code: 'invalid_message', path: name } },
        });
  });
});
