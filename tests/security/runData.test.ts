import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '#shared/kernel/json.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordEnvelope, RecordState } from '#shared/records/envelope.ts';
import { rule as ruleResource } from '#shared/resources/automation/rule.ts';
import { startDemoServer } from '#tests/support/demoServer.ts';
import type { DemoServer } from '#tests/support/demoServer.ts';
import { connect, newTask } from '#tests/support/protocolClient.ts';
import type { ProtocolClient } from '#tests/support/protocolClient.ts';

const hidden = 'canary-of-a-member';
const open = 'canary-of-a-step';

describe('what the steps of a run made of a record', () => {
  let server: DemoServer;
  let admin: ProtocolClient;
  const limited = new Map<string, { client: ProtocolClient; heard: unknown[] }>();
  let runId = '';
  beforeAll(async () => {
    server = await startDemoServer();
    admin = await connect(server.url, 'admin@steward.example');
    // One sees no members, the other no addresses of theirs; both see every run, event and entry they may.
    for (const name of ['reliability', 'viewer']) {
      const client = await connect(server.url, `${name}@steward.example`);
      const heard: unknown[] = [];
      client.socket.on('changes', (changes) => heard.push(changes));
      limited.set(name, { client, heard });
    }
  });
  afterAll(async () => {
    for (const { client } of limited.values()) client.close();
    admin.close();
    await server.stop();
  });
  const living = async (collection: string, kind: string, by = admin): Promise<RecordEnvelope[]> =>
    (await by.pullAll(collection)).documents.filter(
      (one): one is RecordEnvelope => !isTombstone(one) && one.kind === kind,
    );
  const put = async (collection: string, doc: RecordEnvelope) => {
    const answer = await admin.push(collection, [{ baseVersion: doc.version - 1, doc }]);
    expect(answer).toMatchObject({ ok: true, conflicts: [], rejections: [] });
  };

  it('is in no pull, change, page of older records or entry of who may not see it, and in all of who may', async () => {
    const [member] = await living('tenants', 'member');
    if (!member) throw new Error('the demo data has no member');
    await put('tenants', {
      ...member,
      version: member.version + 1,
      body: { ...member.body, email: `${hidden}@mail.example` },
    });
    const step = (id: string, more: JsonObject) => ({ id, name: id, retry: { max: 0, backoffSeconds: 1 }, ...more });
    const change = { kind: 'member', id: member.id, field: 'email', value: 'other@mail.example' };
    const body = ruleResource.body.parse({
      name: 'Address',
      isActive: false,
      trigger: { type: 'manual' },
      steps: [
        step('tell', { type: 'transform', variables: { told: `"${open.slice(0, 10)}" & "${open.slice(10)}"` } }),
        step('change', { type: 'action', action: 'update_field', settings: change }),
        step('last', { type: 'transform', variables: { again: 'steps.change.output.changed[0].old' } }),
      ],
    });
    const { doc } = newTask('A rule');
    const made = { ...doc, kind: 'rule', status: '', body: body as unknown as JsonObject };
    await put('automation', made);
    const order = { type: 'runRule', args: { ruleId: made.id }, progress: 0, result: {}, problem: '' };
    const command = { ...newTask('An order').doc, kind: 'command', status: 'queued', body: order };
    await put('runs', command);
    const ran = async () => (await living('runs', 'run')).find((one) => one.body['ruleId'] === made.id);
    await expect.poll(async () => (await ran())?.status, { timeout: 15_000 }).toBe('success');
    const whole = await ran();
    runId = whole?.id ?? '';
    for (const word of [hidden, open]) expect(JSON.stringify(whole)).toContain(word);
    expect(JSON.stringify(await living('audit', 'auditEntry'))).toContain(hidden);

    for (const { client, heard } of limited.values()) {
      const seen = (await living('runs', 'run', client)).find(({ id }) => id === runId);
      const steps = seen?.body['steps'];
      expect(steps).toMatchObject([
        { stepId: 'tell', output: { told: open } },
        { stepId: 'change', status: 'success', withheld: true },
        { stepId: 'last', status: 'success', withheld: true },
      ]);
      expect(seen?.body['variables']).toEqual({});
      const told: RecordState[] = [];
      for (const collection of ['runs', 'audit', 'events', 'tenants'])
        told.push(...(await client.pullAll(collection)).documents);
      const headers = { authorization: `Bearer ${client.session.accessToken}` };
      for (const collection of ['runs', 'audit', 'events']) {
        const older = await fetch(`${server.url}/v1/records/${collection}?limit=1000`, { headers });
        expect(older.status).toBe(200);
        told.push(...((await older.json()) as { documents: RecordState[] }).documents);
      }
      await expect.poll(() => JSON.stringify(heard)).toContain(runId);
      expect(JSON.stringify([told, heard])).not.toContain(hidden);
    }
  });

  it('is in no command that somebody gives for it', async () => {
    const { client } = limited.get('reliability') ?? { client: admin };
    const order = { type: 'retryRuns', args: { runIds: [runId] }, progress: 0, result: {}, problem: '' };
    const { doc } = newTask('Again');
    const command = { ...doc, kind: 'command', status: 'queued', body: order } as unknown as RecordEnvelope;
    expect(await client.push('runs', [{ baseVersion: 0, doc: command }])).toMatchObject({ ok: true, rejections: [] });
    const given = async () => (await living('runs', 'command', client)).find(({ id }) => id === doc.id);
    await expect.poll(async () => (await given())?.status, { timeout: 15_000 }).toBe('refused');
    expect(JSON.stringify(await given())).not.toContain(hidden);
    expect(server.errors).toEqual([]);
  });
});
