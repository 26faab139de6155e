import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordEnvelope, RecordState } from '#shared/records/envelope.ts';
import { startDemoServer } from '#tests/support/demoServer.ts';
import type { DemoServer } from '#tests/support/demoServer.ts';
import { connect } from '#tests/support/protocolClient.ts';
import type { ProtocolClient } from '#tests/support/protocolClient.ts';

const isTenant = (record: RecordState): record is RecordEnvelope => !isTombstone(record) && record.kind === 'tenant';

describe.each([
  ['viewer@steward.example', ['ownerEmail', 'notes', 'settings']],
  ['reliability@steward.example', ['notes']],
])('fields of a tenant that %s may not see', (email, hidden) => {
  let server: DemoServer;
  let admin: ProtocolClient;
  let limited: ProtocolClient;
  beforeAll(async () => {
    server = await startDemoServer();
    admin = await connect(server.url, 'admin@steward.example');
    limited = await connect(server.url, email);
  });
  afterAll(async () => {
    admin.close();
    limited.close();
    await server.stop();
  });
  const shown = (records: readonly RecordState[]) => {
    const tenants = records.filter(isTenant);
    expect(tenants.length).toBeGreaterThan(0);
    return new Set(tenants.flatMap((tenant) => Object.keys(tenant.body).filter((name) => hidden.includes(name))));
  };

  it('are in no pull, no change, no conflict, no refusal and no page of older records', async () => {
    const whole = (await admin.pullAll('tenants')).documents;
    expect(shown(whole)).toEqual(new Set(hidden));
    expect(shown((await limited.pullAll('tenants')).documents)).toEqual(new Set());

    const [tenant] = whole.filter(isTenant);
    if (!tenant) throw new Error('the demo data has no tenant');
    const changed = new Promise<RecordState[]>((resolve) =>
      limited.socket.once('changes', (changes: { documents: RecordState[] }) => resolve(changes.documents)),
    );
    const doc = { ...tenant, version: tenant.version + 1, body: { ...tenant.body, notes: 'between us' } };
    expect(await admin.push('tenants', [{ baseVersion: tenant.version, doc }])).toMatchObject({ rejections: [] });
    expect(shown(await changed)).toEqual(new Set());

    const stolen = { ...doc, version: 9, body: { ...doc.body, notes: 'guessed' } };
    for (const baseVersion of [0, tenant.version, tenant.version + 1]) {
      const answer = await limited.push('tenants', [{ baseVersion, doc: stolen }]);
      expect(answer).toMatchObject({ ok: true, conflicts: [], rejections: [{ code: 'forbidden' }] });
      expect(shown(answer.ok ? (answer.rejections.map((one) => one.current) as RecordState[]) : [])).toEqual(new Set());
    }
    const older = await fetch(`${server.url}/v1/records/tenants?kind=tenant`, {
      headers: { authorization: `Bearer ${limited.session.accessToken}` },
    });
    expect(shown(((await older.json()) as { documents: RecordState[] }).documents)).toEqual(new Set());
    const after = (await admin.pullAll('tenants')).documents.find((one) => one.id === tenant.id);
    expect(after).toMatchObject({ body: { notes: 'between us' } });
    expect(JSON.stringify((await limited.pullAll('audit')).documents)).not.toContain('between us');
  });
});
