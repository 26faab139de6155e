import { createHash } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { createChainVerifier } from '#shared/domain/audit/chainVerifier.ts';
import { openKeyRing } from '#shared/domain/audit/keyRing.ts';
import { addToSums, sumsAsJson } from '#shared/domain/privacy/financialSums.ts';
import type { FinancialSums } from '#shared/domain/privacy/financialSums.ts';
import { canonicalJson } from '#shared/kernel/canonicalJson.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordEnvelope, RecordState } from '#shared/records/envelope.ts';
import { openSqliteStore } from '#server/storage/sqlite/openSqliteStore.ts';
import { planted, tracesIn, tracesInFiles } from '#tests/support/plantedPerson.ts';
import { clock, openConsole, plantPerson } from '#tests/support/privacyOffice.ts';
import { connect } from '#tests/support/protocolClient.ts';
import type { ProtocolClient } from '#tests/support/protocolClient.ts';
import { startServerProcess } from '#tests/support/serverProcess.ts';
import type { ServerProcess } from '#tests/support/serverProcess.ts';

const options = ['--requests-per-minute', '10000', '--log', 'debug'];
const ending: (() => Promise<void> | void)[] = [];
afterAll(async () => {
  for (const end of ending.toReversed()) await end();
});

async function start(): Promise<{ data: Awaited<ReturnType<typeof plantPerson>>; server: ServerProcess }> {
  const data = await plantPerson();
  ending.push(data.remove);
  const server = await startServerProcess(data.folder, options);
  ending.push(() => server.stop());
  return { data, server };
}

async function file(client: ProtocolClient, type: string, changes: JsonObject = {}): Promise<RecordEnvelope> {
  const at = new Date(clock()).toISOString();
  const doc: RecordEnvelope = {
    id: crypto.randomUUID(),
    kind: 'privacyRequest',
    tenantId: '',
    status: 'received',
    assignedTo: '',
    createdAt: at,
    createdBy: client.session.staff.id,
    updatedAt: at,
    updatedBy: client.session.staff.id,
    version: 1,
    body: {
      type,
      subjectEmail: planted.email,
      subjectName: planted.name,
      subjectRecords: [],
      channel: `Letter of ${planted.name}`,
      note: '',
      receivedAt: at,
      dueAt: new Date(clock() + 30 * 24 * 3_600_000).toISOString(),
      startedAt: '',
      completedAt: '',
      completedBy: '',
      touched: [],
      proof: '',
      problem: '',
      ...changes,
    },
  };
  expect(await client.push('access', [{ baseVersion: 0, doc }])).toMatchObject({ ok: true, rejections: [] });
  return doc;
}

async function approve(client: ProtocolClient, request: RecordEnvelope): Promise<void> {
  const doc = { ...request, status: 'approved', version: request.version };
  const row = { baseVersion: request.version, doc, reason: 'Identity checked' };
  expect(await client.push('access', [row])).toMatchObject({ ok: true, conflicts: [], rejections: [] });
}

async function living(client: ProtocolClient, collection: string): Promise<RecordEnvelope[]> {
  const { documents } = await client.pullAll(collection);
  return documents.filter((one: RecordState): one is RecordEnvelope => !isTombstone(one));
}

async function requestNow(client: ProtocolClient, id: string): Promise<RecordEnvelope | undefined> {
  return (await living(client, 'access')).find((one) => one.id === id);
}

async function ended(client: ProtocolClient, id: string): Promise<RecordEnvelope> {
  await expect
    .poll(async () => (await requestNow(client, id))?.status, { timeout: 60_000, interval: 200 })
    .toMatch(/done|failed/);
  const record = await requestNow(client, id);
  if (!record) throw new Error('the request is gone');
  return record;
}

async function ask(client: ProtocolClient, server: ServerProcess, path: string, body?: JsonObject): Promise<Response> {
  return fetch(`${server.url}${path}`, {
    method: body ? 'POST' : 'GET',
    headers: {
      authorization: `Bearer ${client.session.accessToken}`,
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
}

/** What is wrong with the chains, and how many values are withheld. */
function verify(entries: readonly RecordEnvelope[]): { findings: unknown[]; entries: number; withheld: number } {
  const sum = { findings: [] as unknown[], entries: 0, withheld: 0 };
  const ring = openKeyRing({ serverId: '', keys: [] });
  for (const [tenantId, chain] of Map.groupBy(entries, (entry) => entry.tenantId)) {
    const verifier = createChainVerifier({ tenantId, ring });
    chain.sort((left, right) => Number(left.body['number']) - Number(right.body['number']));
    verifier.addMany(chain.map(({ id, body }) => ({ id, tenantId, body })));
    const report = verifier.finish({ fromStart: true, toEnd: false });
    sum.findings.push(...report.findings);
    sum.entries += report.entries;
    sum.withheld += report.withheld;
  }
  return sum;
}

function sumsOf(records: readonly RecordEnvelope[]): unknown {
  const sums: FinancialSums = new Map();
  for (const record of records) addToSums(sums, record);
  return sumsAsJson(sums);
}

/** What a replica's file says now, as whoever opens it reads it. */
function rowsIn(folder: string): string {
  const name = readdirSync(folder).find((one) => one.endsWith('.sqlite')) ?? '';
  const database = new DatabaseSync(join(folder, name), { readOnly: true });
  const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  const rows = tables.flatMap(({ name: table }) => database.prepare(`SELECT * FROM "${String(table)}"`).all());
  database.close();
  return JSON.stringify(rows);
}

describe('a person is erased, and the books stay', { timeout: 120_000 }, () => {
  it('leaves no trace in store, replica, logs and export, and the chain verifies', async () => {
    const { data, server } = await start();
    expect(tracesInFiles(data.folder).length).toBeGreaterThan(0);
    const admin = await connect(server.url, 'admin@steward.example');
    ending.push(() => admin.close());
    const desk = await openConsole(server.url, admin.session);
    ending.push(() => rmSync(desk.folder, { recursive: true, force: true }));
    await expect.poll(() => desk.replica.status().firstSync.done, { timeout: 60_000 }).toBe(true);
    expect(tracesIn(rowsIn(desk.folder)).length).toBeGreaterThan(0);
    const before = sumsOf(await living(admin, 'referrals'));
    const chain = verify(await living(admin, 'audit'));
    expect(chain).toMatchObject({ findings: [], withheld: 0 });

    const found = await ask(admin, server, '/v1/privacy/preview', { subjectEmail: planted.email });
    const preview = (await found.json()) as { kinds: { kind: string; count: number }[]; subjectRecords: string[] };
    expect(preview.subjectRecords).toContain(`member:${data.memberId}`);
    const kinds = preview.kinds.map(({ kind }) => kind);
    const plantedKinds = data.planted.map((one) => one.split(':')[0]);
    expect(kinds).toEqual(expect.arrayContaining([...new Set(plantedKinds)]));
    expect(kinds).toEqual(
      expect.arrayContaining(['private:run', 'private:jobs', 'private:sessions', 'private:attempts']),
    );

    const request = await file(admin, 'erase_keep_financial');
    const notGranted = await ask(admin, server, `/v1/privacy/requests/${request.id}/export`);
    expect(await notGranted.json()).toMatchObject({ error: { code: 'invalid' } });
    const copy = await file(admin, 'export', { subjectName: '' });
    expect((await ask(admin, server, `/v1/privacy/requests/${copy.id}/export`)).status).toBe(422);
    await approve(admin, copy);
    expect((await ended(admin, copy.id)).status).toBe('done');
    const exported = await ask(admin, server, `/v1/privacy/requests/${copy.id}/export`);
    const personal = JSON.parse(await exported.text()) as {
      format: string;
      records: { kind: string }[];
      private: unknown[];
    };
    expect(personal.format).toBe('steward.privacy.export');
    expect(personal.records.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['member', 'payout', 'event']));

    await approve(admin, request);
    const done = await ended(admin, request.id);
    expect(done.body).toMatchObject({
      problem: '',
      subjectEmail: '',
      subjectName: '',
      subjectRecords: [],
      channel: '',
    });
    expect(done.status).toBe('done');

    const proof = (await (await ask(admin, server, `/v1/privacy/requests/${request.id}/proof`)).json()) as {
      sha256: string;
      document: JsonObject;
    };
    expect(proof.sha256).toBe(done.body['proof']);
    expect(createHash('sha256').update(canonicalJson(proof.document)).digest('hex')).toBe(proof.sha256);
    const audit = await living(admin, 'audit');
    const said = audit.find((one) => one.body['action'] === 'erase' && one.body['resourceId'] === request.id);
    expect(said?.body['changes']).toEqual([{ path: 'body.proof', new: proof.sha256 }]);
    const after = verify(audit);
    expect(after.findings).toEqual([]);
    expect(after.entries).toBeGreaterThan(chain.entries);
    expect(after.withheld).toBeGreaterThan(data.planted.length);
    expect(sumsOf(await living(admin, 'referrals'))).toEqual(before);

    const exports = audit.filter((one) => one.body['action'] === 'export' && one.body['resourceId'] === copy.id);
    const states = exports.flatMap(({ body }) => (body['changes'] as JsonObject[]).map((change) => change['new']));
    expect(states).toEqual(expect.arrayContaining(['begun', 'ended']));
    const again = (await (await ask(admin, server, `/v1/privacy/requests/${copy.id}/export`)).json()) as JsonObject;
    expect(again).toMatchObject({ error: { code: 'gone' } });
    for (const collection of [
      'tenants',
      'automation',
      'access',
      'notifications',
      'runs',
      'referrals',
      'events',
      'audit',
    ])
      expect(tracesIn(JSON.stringify(await admin.pullAll(collection)))).toEqual([]);
    await expect.poll(() => tracesIn(server.output())).toEqual([]);
    // While the server runs, and after it stopped.
    expect(tracesInFiles(data.folder)).toEqual([]);
    await expect.poll(() => tracesIn(rowsIn(desk.folder)), { timeout: 30_000, interval: 200 }).toEqual([]);
    // Drafts on the console, of which the server knows nothing, are looked through for them.
    expect(desk.erased.flatMap(({ emails }) => emails)).toContain(planted.email);
    expect(desk.erased.flatMap(({ names }) => names)).toContain(planted.name);
    expect(desk.erased.flatMap(({ records }) => records)).toContain(`member:${data.memberId}`);
    await desk.close();
    expect(tracesInFiles(desk.folder)).toEqual([]);
    await server.stop();
    expect(tracesInFiles(data.folder)).toEqual([]);
  });
});

describe('a person is made anonymous', { timeout: 120_000 }, () => {
  it('also when the server is killed in the middle of it; a hold stops it and is named', async () => {
    const { data, server } = await start();
    const admin = await connect(server.url, 'admin@steward.example');
    const at = new Date(clock()).toISOString();
    const hold = {
      ...(await file(admin, 'anonymise')),
      id: crypto.randomUUID(),
      kind: 'legalHold',
      tenantId: data.tenantId,
      status: 'active',
      body: { name: 'Dispute 17', reason: 'Court', subjectId: '', from: '', until: '' },
    };
    await admin.push('access', [{ baseVersion: 0, doc: hold }]);
    const held = await file(admin, 'anonymise');
    await approve(admin, held);
    const stopped = await ended(admin, held.id);
    expect(stopped.status).toBe('failed');
    expect(stopped.body['problem']).toContain("'Dispute 17'");
    expect(stopped.body['subjectEmail']).toBe(planted.email);
    await admin.push('access', [
      { baseVersion: 1, doc: { ...hold, status: 'released', updatedAt: at }, reason: 'Settled' },
    ]);

    const running = new Promise<void>((resolve) => {
      admin.socket.on('changes', (payload: unknown) => {
        if (JSON.stringify(payload).includes('"status":"running"')) resolve();
      });
    });
    const retried = await requestNow(admin, held.id);
    if (!retried) throw new Error('the request is gone');
    await approve(admin, retried);
    await running;
    await server.kill();
    const store = openSqliteStore(data.folder, clock);
    const inBetween = (await store.getRecords([held.id])).get(held.id) as RecordEnvelope;
    await store.close();
    expect(inBetween.status).toBe('running');
    await server.restart();
    const later = await connect(server.url, 'admin@steward.example');
    ending.push(() => later.close());
    const done = await ended(later, held.id);
    expect(done.body['problem']).toBe('');
    expect(done.status).toBe('done');
    expect(verify(await living(later, 'audit')).findings).toEqual([]);
    const member = (await living(later, 'tenants')).find((one) => one.id === data.memberId);
    expect(member?.body['name']).toMatch(/^Person [0-9a-f]{8}$/);
    expect(tracesInFiles(data.folder)).toEqual([]);
  });
});
