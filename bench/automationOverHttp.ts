import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import type { NewEvent } from '#server/engine/acceptEvents.ts';
import { connect, logIn } from '#tests/support/protocolClient.ts';
import { startServerProcess } from '#tests/support/serverProcess.ts';
import type { ServerProcess } from '#tests/support/serverProcess.ts';
import { administrator, openAutomation, removeFolder, unlimited } from './automationHere.ts';
import { eventRule, manyRules, measuredEvents, measuredStep, measuredWorld } from './automationWorld.ts';
import { percentile } from './measure.ts';
import type { Measure } from './measure.ts';

const ruleCount = 2000;
const eventCount = 20_000;
const warmUp = 2000;
const clients = 4;
const batchSize = 1000;
const reactions = 500;

/** Events from 4 clients at a real server process that decides them meanwhile. */
export async function httpThroughput(): Promise<Measure[]> {
  const world = [...measuredWorld(), ...manyRules(ruleCount)];
  return withServer(world, async (server, keys) => {
    const token = (await logIn(server.url, administrator.email, administrator.password)).accessToken;
    await sendAll(server, keys, measuredEvents(warmUp, 3));
    await settled(server, token);
    const start = performance.now();
    await sendAll(server, keys, measuredEvents(eventCount));
    const accepted = performance.now();
    await settled(server, token);
    const accepting = (accepted - start) / 1000;
    const both = (performance.now() - start) / 1000;
    const of = `${clients} clients, batches of ${batchSize}`;
    return [
      {
        name: `events accepted over HTTP, ${of}, while they are processed`,
        unit: 'events/s',
        value: eventCount / accepting,
        n: eventCount,
      },
      {
        name: `events accepted and processed through ${ruleCount} rules`,
        unit: 'events/s',
        value: eventCount / both,
        n: eventCount,
      },
    ];
  });
}

/** From the moment an event is sent to what a rule does for it, on a server that has nothing else to do. */
export async function reactionTimes(): Promise<Measure[]> {
  const arrivals = new Map<string, (at: number) => void>();
  const arrived = (key: string) => arrivals.get(key)?.(performance.now());
  const receiver = createServer((request, response) => {
    arrived(request.url ?? '');
    request.resume();
    response.end();
  });
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  const call = { type: 'webhook', method: 'POST', url: `${address}/{{ event.data.amount }}`, body: '{}' };
  const task = { type: 'action', action: 'create_task', settings: { title: 'Task {{ event.data.amount }}' } };
  const world = [
    ...measuredWorld(),
    eventRule('call', 'measured0.happened0', [], [measuredStep('call', call)]),
    eventRule('task', 'measured0.happened1', [], [measuredStep('task', task)]),
  ];
  try {
    return await withServer(world, async (server, keys) => {
      const one = await connect(server.url, administrator.email, administrator.password);
      one.socket.on('changes', (changes: { documents: { body?: { title?: string } }[] }) => {
        for (const { body } of changes.documents) if (body?.title !== undefined) arrived(body.title);
      });
      const timesOf = async (code: string, keyOf: (amount: number) => string) => {
        const taken: number[] = [];
        const events = measuredEvents(reactions + 50, 5, { module: 'measured0', code });
        for (const [index, event] of events.entries()) {
          const amount = index + 1;
          const done = new Promise<number>((resolve) => arrivals.set(keyOf(amount), resolve));
          const sent = performance.now();
          const answer = send(server, keys[0] ?? '', [{ ...event, data: { ...event.data, amount } }]);
          const at = await done;
          await answer;
          if (index >= 50) taken.push(at - sent);
          // Not in step with the server's pace.
          await new Promise((wake) => setTimeout(wake, 11 + (index % 7)));
        }
        return taken;
      };
      const webhook = await timesOf('happened0', (amount) => `/${amount}`);
      const record = await timesOf('happened1', (amount) => `Task ${amount}`);
      one.close();
      return [
        ...spread('event sent to webhook received', webhook),
        ...spread('event sent to task at a connected console', record),
      ];
    });
  } finally {
    receiver.closeAllConnections();
    receiver.close();
  }
}

async function withServer(
  world: readonly RecordEnvelope[],
  work: (server: ServerProcess, keys: readonly string[]) => Promise<Measure[]>,
): Promise<Measure[]> {
  const here = await openAutomation(world);
  try {
    const keys: string[] = [];
    for (let client = 0; client < clients; client += 1) keys.push(await here.apiKey());
    await here.close();
    const server = await startServerProcess(here.folder, [...unlimited, '--webhook-allow-private', 'yes']);
    try {
      return await work(server, keys);
    } finally {
      await server.stop();
    }
  } finally {
    removeFolder(here);
  }
}

async function sendAll(server: ServerProcess, keys: readonly string[], events: readonly NewEvent[]): Promise<void> {
  let next = 0;
  const work = async (key: string) => {
    for (let from = (next += batchSize) - batchSize; from < events.length; from = (next += batchSize) - batchSize)
      await send(server, key, events.slice(from, from + batchSize));
  };
  await Promise.all(keys.map(work));
}

/** @throws Error when not every event was stored: a refused one would look fast. */
async function send(server: ServerProcess, key: string, events: readonly NewEvent[]): Promise<void> {
  const answer = await fetch(`${server.url}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ events }),
  });
  const text = await answer.text();
  const { accepted } = JSON.parse(text) as { accepted?: number };
  if (accepted !== events.length) throw new Error(`${answer.status}: ${text.slice(0, 300)}`);
}

async function settled(server: ServerProcess, token: string): Promise<void> {
  for (;;) {
    const answer = await fetch(`${server.url}/v1/engine`, { headers: { authorization: `Bearer ${token}` } });
    if (!answer.ok) throw new Error(`the engine's health was not told: ${answer.status}`);
    const { events, runs } = (await answer.json()) as {
      events: { pending: number; failed: number };
      runs: { running: number };
    };
    if (events.failed > 0) throw new Error(`${events.failed} events failed`);
    if (events.pending + runs.running === 0) return;
    await new Promise((wake) => setTimeout(wake, 150));
  }
}

function spread(name: string, taken: readonly number[]): Measure[] {
  return [
    { name: `${name}, p50`, unit: 'ms', value: percentile(taken, 0.5), n: taken.length },
    { name: `${name}, p99`, unit: 'ms', value: percentile(taken, 0.99), n: taken.length },
  ];
}
