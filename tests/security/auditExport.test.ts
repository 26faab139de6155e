import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '#shared/kernel/json.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { csvRow } from '#shared/domain/audit/exportRows.ts';
import { startDemoServer } from '#tests/support/demoServer.ts';
import type { DemoServer } from '#tests/support/demoServer.ts';
import { connect } from '#tests/support/protocolClient.ts';
import type { ProtocolClient } from '#tests/support/protocolClient.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

const entry = resolve(import.meta.dirname, '../../sync-server/verify.ts');
const folder = temporaryFolder('bundle');
let server: DemoServer;
const admins: ProtocolClient[] = [];

beforeAll(async () => void (server = await startDemoServer()));
afterAll(async () => {
  for (const one of admins) one.close();
  await server.stop();
});

const as = async (email: string) => {
  const client = await connect(server.url, email);
  admins.push(client);
  const headers = { authorization: `Bearer ${client.session.accessToken}`, 'content-type': 'application/json' };
  return {
    client,
    post: (path: string, body: unknown, signal?: AbortSignal) =>
      fetch(server.url + path, { method: 'POST', headers, body: JSON.stringify(body), ...(signal ? { signal } : {}) }),
    get: (path: string) => fetch(server.url + path, { headers }),
  };
};
/** The auditor's command, as its own process. */
const verify = async (...parameters: string[]) => {
  const child = spawn(process.execPath, [entry, ...parameters], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, out, err };
};
const save = (name: string, text: string) => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};
const entriesOf = async ({ client }: { client: ProtocolClient }, action: string) =>
  (await client.pullAll('audit')).documents.filter(
    (one): one is RecordEnvelope => 'body' in one && one.body['action'] === action,
  );

describe('an export of the audit log', () => {
  it('comes as CSV and JSON, filtered, without formulas, and is itself in the log', async () => {
    const admin = await as('admin@steward.example');
    const name = '=HYPERLINK("https://evil.example","Click")';
    const [tenant] = (await admin.client.pullAll('tenants')).documents.filter((one) => one.kind === 'tenant');
    const record = tenant as RecordEnvelope;
    const doc = { ...record, body: { ...record.body, name } };
    await admin.client.push('tenants', [{ baseVersion: record.version, doc }]);
    const filter = { tenantIds: [record.tenantId], actions: ['update'], resourceId: record.id, text: 'hyperlink' };
    const csv = await (await admin.post('/v1/audit/exports', { format: 'csv', filter })).text();
    const rows = parse<Record<string, string>>(csv, { columns: true, record_delimiter: '\r\n' });
    expect(rows).toMatchObject([{ resourceName: `'${name}`, tenantId: record.tenantId, action: 'update' }]);
    const answer = await admin.post('/v1/audit/exports', { format: 'json', filter });
    expect(answer.headers.get('content-disposition')).toMatch(/attachment; filename="audit-\d{4}-\d\d-\d\d\.json"/);
    expect(await answer.json()).toMatchObject([{ resourceName: name, id: rows[0]?.['id'] }]);
    const noted = await entriesOf(admin, 'export');
    expect(noted.filter((one) => one.body['resource'] === 'auditEntry' && one.body['requestId'] !== '')).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({
          tenantId: record.tenantId,
          body: expect.objectContaining({
            changes: [
              { path: 'format', new: 'json' },
              { path: 'filter', new: filter },
              { path: 'state', new: 'whole' },
              { path: 'entries', new: 1 },
              expect.objectContaining({ path: 'milliseconds' }),
            ],
          }),
        }),
      ]),
    );
  });

  it('neutralises what a spreadsheet would take for a formula', () => {
    for (const start of ['=', '+', '-', '@', '\t=', '\r=', ' =', '＝', '|', '%'])
      expect(csvRow({ id: 'x', tenantId: '', body: { reason: `${start}1+1` } })).toContain(`"'${start}1+1"`);
    expect(csvRow({ id: 'x', tenantId: '', body: { reason: 'He said "no", twice' } })).toContain(
      '"He said ""no"", twice"',
    );
  });

  it("is refused without the permission, for what is not one's own, with a filter on a bundle, and too often", async () => {
    const viewer = await as('viewer@steward.example');
    expect((await viewer.post('/v1/audit/exports', { format: 'csv' })).status).toBe(403);
    const officer = await as('compliance@steward.example');
    const filtered = await officer.post('/v1/audit/exports', { format: 'bundle', filter: { actions: ['login'] } });
    expect(filtered.status).toBe(422);
    expect((await officer.post('/v1/audit/exports', { format: 'xml' })).status).toBe(400);
    const statuses: number[] = [];
    for (let turn = 0; turn < 11; turn++) {
      const answer = await officer.post('/v1/audit/exports', {
        format: 'json',
        filter: { tenantIds: [''], text: 'zzz' },
      });
      statuses.push(answer.status);
      await answer.arrayBuffer();
    }
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 429]);
  });

  it('that is broken off says so in the log', async () => {
    const admin = await as('admin@steward.example');
    const before = (await entriesOf(admin, 'export')).length;
    const gone = new AbortController();
    const asked = admin.post('/v1/audit/exports', { format: 'json' }, gone.signal);
    const answer = await asked;
    const reader = answer.body?.getReader();
    await reader?.read();
    gone.abort();
    for (;;) {
      const states = (await entriesOf(admin, 'export')).map((one) => JSON.stringify(one.body['changes']));
      const begun = states.filter((one) => one.includes('begun')).length;
      if (states.length > before && begun === states.filter((one) => /"whole"|"broken off"/.test(one)).length) break;
    }
    expect(server.errors).toEqual([]);
  });
});

describe('npm run verify', () => {
  it('answers 0 for a bundle that holds, 1 for one that was tampered with, 2 for what is none', async () => {
    const admin = await as('admin@steward.example');
    const { keys } = (await (await admin.get('/v1/audit/keys')).json()) as { keys: { keyId: string }[] };
    expect((await admin.post('/v1/audit/keys/rotate', {})).status).toBe(200);
    const text = await (await admin.post('/v1/audit/exports', { format: 'bundle' })).text();
    const good = await verify('--key', String(keys[0]?.keyId), save('good.json', text));
    expect(good.err).toBe('');
    expect(good.out).toMatch(
      /Sealed by the server[\s\S]*platform: 1 to \d+, signed up to \d+, holds[\s\S]*everything holds/,
    );
    expect(good.code).toBe(0);

    const bundle = JSON.parse(text) as { chains: { tenantId: string; entries: { id: string; body: JsonObject }[] }[] };
    const changed = structuredClone(bundle);
    const victim = changed.chains[1]?.entries[2];
    if (victim) victim.body['action'] = 'delete';
    const bad = await verify('--json', save('bad.json', JSON.stringify(changed, undefined, 2)));
    expect(bad.code).toBe(1);
    const report = JSON.parse(bad.out) as { chains: { findings: JsonObject[] }[] };
    expect(report.chains.flatMap((chain) => chain.findings)).toEqual([
      expect.objectContaining({ kind: 'altered', number: 3, id: victim?.id, tenantId: changed.chains[1]?.tenantId }),
    ]);

    const refusals: [string, RegExp][] = [
      [text.slice(0, -40), /ends too early, at character \d+/],
      [text.replace('"chains"', '"kettles"'), /has no chains/],
      [text.replace('"hash"', '"hash'), /at character \d+/],
      ['[1, 2]', /no object, at character 1/],
      [
        '{"format":"steward.audit.bundle","version":2,"serverId":"x","exportedAt":"","exportedBy":"","keys":[],"chains":[]}',
        /version/,
      ],
      ['%PDF-1.7', /character 0/],
      ['', /ends too early/],
    ];
    for (const [index, [content, said]] of refusals.entries()) {
      const refused = await verify(save(`refused-${index}.json`, content));
      expect(refused.err).toMatch(said);
      expect(refused.code).toBe(2);
    }
    writeFileSync(join(folder, 'bytes.json'), Buffer.from([0x7b, 0xff, 0xfe, 0x7d]));
    expect(await verify(join(folder, 'bytes.json'))).toMatchObject({
      code: 2,
      err: expect.stringContaining('no UTF-8'),
    });
    expect(await verify(join(folder, 'nowhere.json'))).toMatchObject({ code: 2 });
    expect(await verify('--unknown')).toMatchObject({ code: 2, err: expect.stringContaining('Usage') });
  });
});

describe('retention of one kind of data, over the protocol', () => {
  it('is tried before it is saved, refused below the floor, and what it removed an auditor reads of', async () => {
    const admin = await as('admin@steward.example');
    const path = '/v1/audit/retention/run';
    const asked = { tenantId: '', covers: 'changes', days: 30 };
    const tried = (await (await admin.post(path, { rule: asked })).json()) as { removed: number; thinned: number };
    expect(tried).toMatchObject({ dryRun: true, removed: 0 });
    expect(tried.thinned).toBeGreaterThan(20);
    for (const wrong of [
      { dryRun: false, rule: asked },
      { rule: { ...asked, covers: 'everything' } },
      { rule: { ...asked, days: 3 } },
    ])
      expect((await admin.post(path, wrong)).status).toBe(400);
    const at = new Date().toISOString();
    const { id: by } = admin.client.session.staff;
    const rule = (covers: string, name: string): RecordEnvelope => ({
      id: crypto.randomUUID(),
      kind: 'retentionRule',
      tenantId: '',
      status: '',
      assignedTo: '',
      createdAt: at,
      createdBy: by,
      updatedAt: at,
      updatedBy: by,
      version: 1,
      body: { name, covers, days: 30, isActive: true, lastRunAt: '', removed: 0 },
    });
    const short = await admin.client.push('access', [{ baseVersion: 0, doc: rule('security', 'Too short') }]);
    expect(short).toMatchObject({ rejections: [{ code: 'invalid', path: 'body.days' }] });
    expect(await admin.client.push('access', [{ baseVersion: 0, doc: rule('changes', 'A month') }])).toMatchObject({
      rejections: [],
    });
    expect(await (await admin.post(path, { dryRun: false })).json()).toMatchObject({ thinned: tried.thinned });

    const text = await (await admin.post('/v1/audit/exports', { format: 'bundle' })).text();
    const good = await verify(save('thinned.json', text));
    expect(good.out).toMatch(/content of \d+ removed by retention, .*holds\n[\s\S]*everything holds/);
    expect(good.code).toBe(0);
    const bundle = JSON.parse(text) as { chains: { gaps: JsonObject[]; entries: { body: JsonObject }[] }[] };
    for (const chain of bundle.chains) chain.gaps = chain.gaps.filter((gap) => gap['mark'] === undefined);
    const bad = await verify(save('uncovered.json', JSON.stringify(bundle)));
    expect(bad.out).toContain('lost its content, and no signed marker covers that');
    expect(bad.code).toBe(1);
  });
});
