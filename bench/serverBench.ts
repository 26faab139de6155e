import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, connectWith, logIn, newTask } from '#tests/support/protocolClient.ts';
import type { ProtocolClient } from '#tests/support/protocolClient.ts';
import { smallDemo, startServerProcess } from '#tests/support/serverProcess.ts';
import type { ServerProcess } from '#tests/support/serverProcess.ts';
import { percentile } from './measure.ts';
import type { Measure } from './measure.ts';

const account = 'admin@steward.example';
const singleRows = 4000;
/** Connections that push single rows; each stays below the server's limit of messages. */
const pushers = 8;
const singlesAtOnce = 8;
const batchRows = 20_000;
const batchSize = 500;
const propagations = 400;
const socketCount = 1000;

/** A real server process on a real file, spoken to over loopback. */
export async function benchServer(): Promise<Measure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'steward-bench-'));
  const server = await startServerProcess(folder, [
    '--seed',
    'demo',
    ...smallDemo,
    '--max-connections-per-person',
    '100000',
  ]);
  try {
    const one = await connect(server.url, account);
    // Sockets first: memory that earlier work left behind would hide theirs.
    const measures = await manySockets(server, one);
    measures.push(...(await pushThroughput(server, one)), ...(await propagation(server, one)));
    one.close();
    return measures;
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function pushThroughput(server: ServerProcess, one: ProtocolClient): Promise<Measure[]> {
  const session = await logIn(server.url, account);
  const clients = await Promise.all(
    Array.from({ length: pushers }, (_, index) => connectWith(server.url, session, `pusher-${index}`)),
  );
  const single = await timed(async () => {
    const work = async (client: ProtocolClient) => {
      for (let sent = 0; sent < singleRows / pushers / singlesAtOnce; sent += 1) await pushed(client, 1);
    };
    await Promise.all(clients.flatMap((client) => Array.from({ length: singlesAtOnce }, () => work(client))));
  });
  for (const client of clients) client.close();
  const batched = await timed(async () => {
    for (let sent = 0; sent < batchRows; sent += batchSize) await pushed(one, batchSize);
  });
  return [
    {
      name: `push, single rows, ${pushers * singlesAtOnce} at once`,
      unit: 'rows/s',
      value: singleRows / single,
      n: singleRows,
    },
    { name: `push, batches of ${batchSize}`, unit: 'rows/s', value: batchRows / batched, n: batchRows },
  ];
}

/** @throws Error when the server did not take every row: a refused one would look fast. */
async function pushed(client: ProtocolClient, rows: number): Promise<void> {
  const answer = await client.push(
    'runs',
    Array.from({ length: rows }, () => newTask('measured')),
  );
  if (!answer.ok || answer.rejections.length > 0) throw new Error(JSON.stringify(answer).slice(0, 300));
}

/** From the moment A sends to the moment B has it. */
async function propagation(server: ServerProcess, one: ProtocolClient): Promise<Measure[]> {
  const other = await connect(server.url, 'ops@steward.example');
  const arrivals = new Map<string, (at: number) => void>();
  other.socket.on('changes', (changes: { documents: { id: string }[] }) => {
    const at = performance.now();
    for (const document of changes.documents) arrivals.get(document.id)?.(at);
  });
  const taken: number[] = [];
  for (let index = 0; index < propagations; index += 1) {
    const row = newTask(`propagation ${index}`);
    const arrived = new Promise<number>((resolve) => arrivals.set(row.doc.id, resolve));
    const sent = performance.now();
    const answer = one.push('runs', [row]);
    taken.push((await arrived) - sent);
    await answer;
    // Not in step with the server's pace.
    await new Promise((wake) => setTimeout(wake, 11 + (index % 7)));
  }
  other.close();
  return [
    { name: 'propagation A to B, p50', unit: 'ms', value: percentile(taken, 0.5), n: taken.length },
    { name: 'propagation A to B, p99', unit: 'ms', value: percentile(taken, 0.99), n: taken.length },
  ];
}

async function manySockets(server: ServerProcess, one: ProtocolClient): Promise<Measure[]> {
  const session = await logIn(server.url, account);
  const before = residentKilobytes(server.pid());
  const sockets: ProtocolClient[] = [];
  for (let index = 0; index < socketCount; index += 50)
    sockets.push(
      ...(await Promise.all(
        Array.from({ length: 50 }, (_, inner) => connectWith(server.url, session, `bench-${index + inner}`)),
      )),
    );
  const after = residentKilobytes(server.pid());
  const lags: number[] = [];
  for (let round = 0; round < 20; round += 1) {
    const row = newTask(`to everybody ${round}`);
    const sent = performance.now();
    const all = Promise.all(
      sockets.map(
        (client) =>
          new Promise<void>((resolve) => {
            const listen = (changes: { documents: { id: string }[] }) => {
              if (!changes.documents.some((document) => document.id === row.doc.id)) return;
              lags.push(performance.now() - sent);
              client.socket.off('changes', listen);
              resolve();
            };
            client.socket.on('changes', listen);
          }),
      ),
    );
    await one.push('runs', [row]);
    await all;
  }
  for (const client of sockets) client.close();
  return [
    {
      name: `server memory per connected socket, ${socketCount} sockets`,
      unit: 'KiB',
      value: (after - before) / socketCount,
      n: socketCount,
    },
    { name: `a write reaches ${socketCount} sockets, p50`, unit: 'ms', value: percentile(lags, 0.5), n: lags.length },
    { name: `a write reaches ${socketCount} sockets, p99`, unit: 'ms', value: percentile(lags, 0.99), n: lags.length },
  ];
}

function residentKilobytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
}

/** Seconds. */
async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}
