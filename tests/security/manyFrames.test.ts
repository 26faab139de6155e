import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorCodes } from '#shared/kernel/errors.ts';
import { isJsonObject } from '#shared/kernel/json.ts';
import type { Json } from '#shared/kernel/json.ts';
import type { SessionAnswer } from '#shared/protocol/session.ts';
import { replicatedCollections } from '#shared/records/collections.ts';
import { createSeededRandom } from '#server/features/demo/seededRandom.ts';
import { mutate, oddValues } from '#tests/support/mutate.ts';
import { connect, logIn, newTask } from '#tests/support/protocolClient.ts';
import { openRawLine } from '#tests/support/rawLine.ts';
import type { RawLine } from '#tests/support/rawLine.ts';
import { smallDemo, startServerProcess } from '#tests/support/serverProcess.ts';
import type { ServerProcess } from '#tests/support/serverProcess.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

const seed = Number(process.env['STEWARD_SEED'] ?? Date.now() % 1_000_000);
const random = createSeededRandom(seed);
/** Frames that are well-formed to the transport and answered, and texts that are not. */
const framesAnswered = 50_000;
const textsSent = 5_000;
const workers = 6;
/** Bytes by which the server may have grown after all of it. */
const mostGrowth = 200 * 1024 * 1024;

/** What no answer may hold: traces, places in the code, words of the store. */
const internals = /node_modules|\.ts:\d|\bat \S+ \(|sqlite|SELECT |undefined is not/i;

describe(`fifty thousand frames, seed ${seed}`, { timeout: 240_000 }, () => {
  const folder = temporaryFolder('frames');
  let server: ServerProcess;
  let sessions: SessionAnswer[];
  let valid: Json[];
  beforeAll(async () => {
    server = await startServerProcess(folder, ['--seed', 'demo', ...smallDemo, '--log', 'error']);
    sessions = [
      await logIn(server.url, 'admin@steward.example'),
      await logIn(server.url, 'viewer@steward.example'),
      await logIn(server.url, 'support@steward.example'),
    ];
    valid = await validMessages(server.url);
  });
  afterAll(async () => {
    await server.stop();
  });

  it('are answered in the words of the protocol; the server neither falls nor grows', async () => {
    await send(2000);
    const before = await memoryOf(server);
    const pid = server.pid();
    await send(framesAnswered - 2000);
    await Promise.all(Array.from({ length: workers }, () => sendTexts(Math.ceil(textsSent / workers))));
    expect(server.pid()).toBe(pid);
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    expect((await memoryOf(server)) - before).toBeLessThan(mostGrowth);
    const complaints = server.output().split('\n');
    expect(complaints.filter((line) => /"level":[56]0|Error|exception/.test(line)).map(shortened)).toEqual([]);
    const { seen, reached } = await messagesSeen(server);
    expect(seen).toBeGreaterThanOrEqual(framesAnswered);
    expect(reached).toBeGreaterThan(5_000);
    const one = await connect(server.url, 'admin@steward.example');
    expect(await one.push('runs', [newTask('Still here')])).toMatchObject({ ok: true, rejections: [] });
    one.close();
  });

  async function send(count: number): Promise<void> {
    const share = Math.ceil(count / workers);
    await Promise.all(Array.from({ length: workers }, (_, index) => sendFrames(share, sessions[index % 3])));
  }

  /** Messages in bursts, each answered before the next burst; the server closes a line after twenty that are malformed. */
  async function sendFrames(count: number, session: SessionAnswer | undefined): Promise<void> {
    let line: RawLine | undefined;
    for (let sent = 0; sent < count;) {
      if (!line?.isOpen()) line = await openRawLine(server.url, session?.accessToken ?? '');
      const burst = Array.from({ length: 25 }, frame);
      const answers = await line.ask(burst);
      for (const answer of answers) expectOfProtocol(answer);
      sent += answers.length;
    }
    line?.close();
  }

  /** Texts that are no frames, on lines with and without a session. */
  async function sendTexts(count: number): Promise<void> {
    for (let sent = 0; sent < count;) {
      const line = await openRawLine(server.url, random.chance(0.5) ? (sessions[0]?.accessToken ?? '') : undefined);
      while (line.isOpen() && sent < count && !random.chance(0.2)) {
        line.write(text());
        sent += 1;
        await new Promise((wake) => setImmediate(wake));
      }
      line.close();
    }
  }

  function frame(): Json[] {
    if (random.chance(0.08))
      return [random.pick(['hello', 'scope', 'constructor', '__proto__', '*', '']), random.pick(oddValues)];
    const chosen = random.pick(valid);
    // Most of them are right as far as the message goes, so that what is wrong with them reaches what answers it.
    if (random.chance(0.65)) return insideMutated(chosen);
    const message = mutate(random, chosen);
    if (!Array.isArray(message)) return ['pull', message];
    return message.length > 3 ? message.slice(0, 3) : message;
  }

  function insideMutated(message: Json): Json[] {
    const [name, given] = message as [string, { rows?: Json[]; limit?: number }];
    if (given.rows) return [name, { ...given, rows: given.rows.map((row) => mutate(random, row)) }];
    return [name, { ...given, ...(given.limit ? { limit: random.integer(1, 3) } : {}) }];
  }

  function text(): string {
    const whole = `42/sync,7${JSON.stringify(random.pick(valid))}`;
    return random.pick([
      () => whole.slice(0, random.integer(0, whole.length)),
      () => whole.slice(random.integer(0, 12)),
      () => `${random.integer(0, 9)}${random.integer(0, 9)}${whole.slice(3)}`,
      () => `45${random.integer(1, 9)}-/sync,["push",{"_placeholder":true,"num":${random.integer(-1, 9)}}]`,
      () => random.hex(random.integer(1, 400)),
      () => `42/sync,${'9'.repeat(random.integer(1, 400))}["pull",{}]`,
      () => `42${'/x'.repeat(random.integer(1, 200))},["pull",{}]`,
      () => `42/sync,1${'['.repeat(random.integer(1, 5000))}`,
      () => random.pick(['2', '3', '5', '6', '1', '41/sync,', '40/sync,{}', '40', '44/sync,{"message":"x"}']),
    ])();
  }
});

/** @throws Error for an answer that is neither ok nor refused in a code of the protocol, or tells of the inside. */
function expectOfProtocol(answer: Json): void {
  if (!isJsonObject(answer)) throw new Error(`no answer of the protocol: ${JSON.stringify(answer).slice(0, 200)}`);
  if (internals.test(JSON.stringify(answer['error'] ?? '')))
    throw new Error(`tells too much: ${JSON.stringify(answer)}`);
  if (answer['ok'] === true) return;
  const error = answer['error'];
  const code = isJsonObject(error) ? String(error['code']) : '';
  if (code === 'internal' || code === 'unavailable' || !(errorCodes as readonly string[]).includes(code))
    throw new Error(`seed ${seed}: ${JSON.stringify(answer).slice(0, 300)}`);
}

/** One message of every sort that works: pulls and digests of every collection, pushes of what the demo holds. */
async function validMessages(url: string): Promise<Json[]> {
  const client = await connect(url, 'admin@steward.example');
  const messages: Json[] = [['push', { collection: 'runs', pushId: 'p', rows: [newTask('Odd')] } as unknown as Json]];
  for (const collection of replicatedCollections) {
    messages.push(['pull', { collection, checkpoint: null, limit: 3 }], ['digest', { collection }]);
    messages.push(['pull', { collection, checkpoint: { seq: 40 }, limit: 2, since: '2026-01-01T00:00:00.000Z' }]);
    const answer = await client.pull(collection, null, 40);
    if (!answer.ok) throw new Error(answer.error.message);
    const kinds = new Map(answer.documents.map((doc) => [(doc as { kind: string }).kind, doc as { version: number }]));
    for (const doc of kinds.values())
      messages.push(['push', { collection, pushId: 'p', rows: [{ baseVersion: doc.version, doc }] }]);
  }
  client.close();
  return messages;
}

function shortened(line: string): string {
  return line.slice(0, 300);
}

async function metricsOf(server: ServerProcess): Promise<string> {
  return (await fetch(`${server.url}/metrics`)).text();
}

/** Resident bytes of the server. */
async function memoryOf(server: ServerProcess): Promise<number> {
  const status = readFileSync(`/proc/${server.pid()}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
}

/** Messages that the server read, and those of them that got past parsing and budgets to what answers them. */
async function messagesSeen(server: ServerProcess): Promise<{ seen: number; reached: number }> {
  let [seen, reached] = [0, 0];
  for (const line of (await metricsOf(server)).split('\n')) {
    const [, outcome = '', count = ''] = /^steward_messages_total\{.*outcome="(\w+)".*\} (\d+)/.exec(line) ?? [];
    seen += Number(count);
    if (outcome !== 'invalid_message' && outcome !== 'rate_limited') reached += Number(count);
  }
  return { seen, reached };
}
