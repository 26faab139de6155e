import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '#shared/kernel/json.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { createSeededRandom } from '#server/features/demo/seededRandom.ts';
import { startHttpReceiver } from '#tests/support/httpReceiver.ts';
import type { HttpReceiver } from '#tests/support/httpReceiver.ts';
import { connect, logIn } from '#tests/support/protocolClient.ts';
import type { ProtocolClient } from '#tests/support/protocolClient.ts';
import { bundleServer } from '#tests/support/serverInOneFile.ts';
import { startServerProcess } from '#tests/support/serverProcess.ts';
import type { ServerProcess } from '#tests/support/serverProcess.ts';
import { startSmtpReceiver } from '#tests/support/smtpReceiver.ts';
import type { SmtpReceiver } from '#tests/support/smtpReceiver.ts';
import { chainedRules, orderPlaced, shopTenant } from '#tests/support/shopRules.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

const kills = Number(process.env['STEWARD_AUTOMATION_KILLS'] ?? 200);
const seed = Number(process.env['STEWARD_SEED'] ?? Date.now() % 1_000_000);
const account = { email: 'root@steward.example', password: 'a long enough password' };

describe(`kill -9 of the server while rules run, ${kills} times, seed ${seed}`, { timeout: 900_000 }, () => {
  const random = createSeededRandom(seed);
  const folder = temporaryFolder('rules');
  /** Orders that the server acknowledged, by the id it gave the event. */
  const acknowledged = new Map<number, string>();
  let ordered = 0;
  let server: ServerProcess;
  let smtp: SmtpReceiver;
  let shop: HttpReceiver;
  let key = '';
  let tenantId = '';

  beforeAll(async () => {
    [smtp, shop] = await Promise.all([startSmtpReceiver(), startHttpReceiver()]);
    const options = {
      'admin-email': account.email,
      'admin-password': account.password,
      'smtp-url': smtp.url,
      'smtp-from': 'Steward <rules@steward.example>',
      'webhook-allow-private': 'yes',
      'runs-per-minute': '100000',
    };
    server = await startServerProcess(
      folder,
      Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]),
      await bundleServer(temporaryFolder('bundle')),
    );
    const one = await connect(server.url, account.email, account.password);
    const tenant = shopTenant();
    tenantId = tenant.id;
    await accepted(one, 'tenants', [tenant]);
    await accepted(one, 'automation', [orderPlaced(), ...chainedRules(tenantId, shop.url)]);
    one.close();
    key = await makeApiKey(server.url, tenantId);
  });
  afterAll(async () => {
    await server.stop();
    await Promise.all([smtp.close(), shop.close()]);
  });

  it('every run goes on, and no effect happens twice', async () => {
    for (let round = 0; round < kills; round += 1) {
      const sending = sendOrders(random.integer(1, 2));
      if (random.chance(0.8)) await untilEffect();
      await new Promise((wake) => setTimeout(wake, random.integer(0, 60)));
      await server.kill();
      await sending;
      await server.restart();
    }
    for (let order = 1; order <= ordered; order += 1) if (!acknowledged.has(order)) await sendOrder(order);
    expect(acknowledged.size).toBe(ordered);
    expect(ordered).toBeGreaterThanOrEqual(kills);

    const one = await connect(server.url, account.email, account.password);
    const runs = await untilQuiet(one, ordered * 2);
    expectEveryRunOnce(runs, [...acknowledged.values()]);
    const orders = Array.from({ length: ordered }, (_, index) => index + 1);

    const tasks = await livingOf(one, 'runs', 'task');
    expect(tasks.map((task) => Number(/order (\d+)/.exec(String(task.body['title']))?.[1])).sort(rising)).toEqual(
      orders,
    );
    const [tenant] = await livingOf(one, 'tenants', 'tenant');
    const noted = String(tenant?.body['notes']).split(',').filter(Boolean).map(Number);
    expect(noted.sort(rising)).toEqual(orders);

    expectOneKeyEach(
      smtp.mails.map((mail) => [subjectNumber(mail.mail.subject), mail.idempotencyKey]),
      orders,
    );
    expectOneKeyEach(
      shop.requests.map((request) => [Number(request.json['number']), request.idempotencyKey]),
      orders,
    );
    const repeated = smtp.mails.length + shop.requests.length - 2 * orders.length;
    console.log(`${kills} kills, ${ordered} orders, ${repeated} outside effects came again under their own key`);

    const audit = await livingOf(one, 'audit', 'auditEntry');
    const made = audit.filter((entry) => entry.body['resource'] === 'task' && entry.body['action'] === 'create');
    expect(made).toHaveLength(orders.length);
    one.close();
  });

  /** Waits until something happens outside, so that the kill comes between a step and what becomes of it. */
  async function untilEffect(): Promise<void> {
    const effects = () => smtp.mails.length + shop.requests.length;
    const before = effects();
    for (let waited = 0; waited < 1500 && effects() === before; waited += 5)
      await new Promise((wake) => setTimeout(wake, 5));
  }

  /** Sends new orders one after the other until the line breaks. */
  async function sendOrders(count: number): Promise<void> {
    for (let sent = 0; sent < count; sent += 1) {
      ordered += 1;
      if (!(await sendOrder(ordered))) return;
    }
  }

  async function sendOrder(order: number): Promise<boolean> {
    const answer = await fetch(`${server.url}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({
        module: 'shop',
        code: 'order.placed',
        tenantId,
        entityType: 'tenant',
        entityId: tenantId,
        data: { number: order, email: `buyer${order}@mail.example` },
        idempotencyKey: `order-${order}`,
      }),
    }).catch(() => undefined);
    const body = answer && ((await answer.json().catch(() => undefined)) as JsonObject | undefined);
    if (!answer || !body) return false;
    expect({ status: answer.status, body }).toMatchObject({ status: 202 });
    const [event] = body['events'] as JsonObject[];
    acknowledged.set(order, String(event?.['id']));
    return true;
  }
});

const rising = (left: number, right: number) => left - right;

async function accepted(one: ProtocolClient, collection: string, docs: readonly RecordEnvelope[]): Promise<void> {
  const answer = await one.push(
    collection,
    docs.map((doc) => ({ baseVersion: 0, doc })),
  );
  expect(answer).toEqual({ ok: true, conflicts: [], rejections: [] });
}

async function makeApiKey(url: string, tenantId: string): Promise<string> {
  const session = await logIn(url, account.email, account.password);
  const answer = await fetch(`${url}/v1/api-keys`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${session.accessToken}` },
    body: JSON.stringify({ name: 'shop', tenantId }),
  });
  return String(((await answer.json()) as JsonObject)['key']);
}

async function livingOf(one: ProtocolClient, collection: string, kind: string): Promise<RecordEnvelope[]> {
  const { documents } = await one.pullAll(collection);
  return documents.filter((record): record is RecordEnvelope => !isTombstone(record) && record.kind === kind);
}

/** Waits until so many runs have ended; answers them. */
async function untilQuiet(one: ProtocolClient, count: number): Promise<RecordEnvelope[]> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    const runs = await livingOf(one, 'runs', 'run');
    const ended = runs.filter((run) => run.status !== 'running' && run.status !== 'waiting');
    if (ended.length >= count && ended.length === runs.length) return runs;
    await new Promise((wake) => setTimeout(wake, 200));
  }
  throw new Error('the runs did not come to an end within two minutes');
}

function expectEveryRunOnce(runs: readonly RecordEnvelope[], eventIds: readonly string[]): void {
  const failed = runs.filter((run) => run.status !== 'success');
  expect(failed.map((run) => `${run.status}: ${String(run.body['error'])}`)).toEqual([]);
  const pairs = runs.map((run) => `${String(run.body['ruleId'])} ${String(run.body['eventId'])}`);
  expect(new Set(pairs).size).toBe(pairs.length);
  const perEvent = new Map<string, number>();
  for (const run of runs) {
    const event = String(run.body['eventId']);
    perEvent.set(event, (perEvent.get(event) ?? 0) + 1);
  }
  expect(new Set(eventIds)).toEqual(new Set(perEvent.keys()));
  expect([...perEvent.values()].every((times) => times === 2)).toBe(true);
}

/** A receiver that knows each key takes what comes with it once: so every order must have exactly one key. */
function expectOneKeyEach(received: readonly (readonly [number, string])[], orders: readonly number[]): void {
  const keys = new Map<number, Set<string>>();
  for (const [order, idempotencyKey] of received) {
    const known = keys.get(order) ?? new Set();
    keys.set(order, known.add(idempotencyKey));
  }
  expect([...keys.keys()].sort(rising)).toEqual(orders);
  expect([...keys.values()].filter((one) => one.size !== 1 || one.has(''))).toEqual([]);
  expect(new Set([...keys.values()].flatMap((one) => [...one])).size).toBe(orders.length);
}

function subjectNumber(subject: string | undefined): number {
  return Number(/Order (\d+)/.exec(subject ?? '')?.[1]);
}
