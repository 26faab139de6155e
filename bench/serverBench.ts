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
const streamedWrites = 500;
/** Milliseconds between two of them. */
const streamPace = 10;

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
  const streamed = await streamOfWrites(sockets, one);
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
    ...streamed,
  ];
}

/** A write every ten milliseconds, to everybody. What cannot be kept up shows as a second half that is slower than the first. */
async function streamOfWrites(sockets: readonly ProtocolClient[], one: ProtocolClient): Promise<Measure[]> {
  const sent = new Map<string, { at: number; half: number }>();
  const halves: [number[], number[]] = [[], []];
  const still = { waiting: streamedWrites * sockets.length, heard: performance.now(), shed: 0 };
  const countShed = () => void (still.shed += 1);
  const listen = (changes: { documents: { id: string }[] }) => {
    const now = performance.now();
    for (const { id } of changes.documents) {
      const write = sent.get(id);
      if (!write) continue;
      halves[write.half]?.push(now - write.at);
      still.waiting -= 1;
    }
    still.heard = now;
  };
  for (const { socket } of sockets) socket.on('changes', listen).on('resync', countShed);
  const answers: Promise<unknown>[] = [];
  const began = performance.now();
  for (let index = 0; index < streamedWrites; index += 1) {
    const due = began + index * streamPace - performance.now();
    if (due > 0) await new Promise((wake) => setTimeout(wake, due));
    const row = newTask(`streamed ${index}`);
    sent.set(row.doc.id, { at: performance.now(), half: index * 2 < streamedWrites ? 0 : 1 });
    const answer = one.push('runs', [row]);
    // One that fails is told of when all were sent.
    answer.catch(() => undefined);
    answers.push(answer);
  }
  await Promise.all(answers);
  while (still.waiting > 0 && performance.now() - still.heard < 3000) await new Promise((wake) => setTimeout(wake, 20));
  for (const { socket } of sockets) socket.off('changes', listen).off('resync', countShed);
  if (still.waiting > 0 && still.shed === 0)
    throw new Error(`${still.waiting} changes of ${streamedWrites} writes never arrived`);
  const measures = halves.flatMap((lags, half) => {
    const name = `${1000 / streamPace} writes/s reach ${sockets.length} sockets, ${half === 0 ? 'first' : 'second'} half`;
    const n = lags.length;
    return [0.5, 0.99].map((share): Measure => {
      return { name: `${name}, p${share * 100}`, unit: 'ms', value: percentile(lags, share), n };
    });
  });
  const behind = 'of them told to pull instead, as they did not keep up';
  return [...measures, { name: behind, unit: 'times', value: still.shed, n: sockets.length }];
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
