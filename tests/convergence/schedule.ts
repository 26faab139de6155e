import type { Principal } from '#shared/domain/access/principal.ts';
import { createUuidV7Source } from '#shared/kernel/uuidV7.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordState } from '#shared/records/envelope.ts';
import type { ReplicaRecord } from '#renderer/data/replicaApi.ts';
import { createSeededRandom } from '#server/features/demo/seededRandom.ts';
import type { SeededRandom } from '#server/features/demo/seededRandom.ts';
import { makeGrant, makePrincipal } from '#tests/support/sampleResource.ts';
import { startVirtualConsole } from '#tests/support/virtualConsole.ts';
import type { VirtualConsole } from '#tests/support/virtualConsole.ts';
import { createVirtualServer } from '#tests/support/virtualServer.ts';
import type { VirtualServer } from '#tests/support/virtualServer.ts';
import { createVirtualTime } from '#tests/support/virtualTime.ts';
import type { VirtualTime } from '#tests/support/virtualTime.ts';

/** One value a person typed and the console accepted. */
export interface TypedValue {
  consoleIndex: number;
  recordId: string;
  kind: string;
  value: string;
}

export interface World {
  time: VirtualTime;
  server: VirtualServer;
  consoles: VirtualConsole[];
  typed: TypedValue[];
  log: string[];
}

const kinds = ['task', 'rule', 'flag'] as const;
type Kind = (typeof kinds)[number];
const start = Date.parse('2026-03-01T08:00:00.000Z');
const moves: Readonly<Record<string, readonly string[]>> = {
  open: ['in_progress', 'done', 'cancelled'],
  in_progress: ['done', 'open'],
  done: ['open'],
  cancelled: ['open'],
};

/** Several consoles work on the same few records over a bad network; then everything heals and comes to rest. */
export async function runSchedule(seed: number): Promise<World> {
  const random = createSeededRandom(seed);
  const time = createVirtualTime(start);
  const newId = createUuidV7Source(time.now, random.bytes);
  const trouble = { on: true };
  const fate = () => fateOf(random, trouble.on);
  const people: Principal[] = ['ada', 'ben', 'cem'].map((id) => makePrincipal([makeGrant(['*'])], { id, name: id }));
  const server = createVirtualServer(time, newId, people);
  const world: World = { time, server, consoles: [], typed: [], log: [] };
  const count = random.integer(2, 3);
  for (let index = 0; index < count; index += 1) {
    // Now and then one person works on two computers.
    const person = people[random.chance(0.2) ? 0 : index]?.id ?? 'ada';
    world.consoles.push(await startVirtualConsole(server, time, person, { fate, random: random.fraction, newId }));
  }
  await time.advance(300);
  const steps = random.integer(15, 45);
  for (let step = 0; step < steps; step += 1) {
    await act(world, random);
    await time.advance(random.pick([0, 5, 30, 200, 2000, 60_000]));
  }
  trouble.on = false;
  server.setReachable(true);
  for (const one of world.consoles) {
    one.setDiskFull(false);
    one.replica.setWorkOffline(false);
    one.replica.retryNow();
  }
  await rest(world);
  return world;
}

/** Until nothing waits to be sent, at most an hour of virtual time; then one comparison with the server. */
async function rest(world: World): Promise<void> {
  for (let minute = 0; minute < 60; minute += 1) {
    await world.time.advance(60_000);
    if (
      world.consoles.every(({ replica }) => replica.status().unsent === 0 && replica.status().connection === 'online')
    )
      break;
  }
  for (const { replica } of world.consoles) replica.compare();
  await world.time.advance(120_000);
}

function fateOf(random: SeededRandom, trouble: boolean): readonly number[] {
  if (!trouble) return [random.integer(1, 20)];
  if (random.chance(0.04)) return [];
  const delay = random.chance(0.1) ? random.integer(200, 3000) : random.integer(1, 60);
  return random.chance(0.06) ? [delay, delay + random.integer(1, 500)] : [delay];
}

async function act(world: World, random: SeededRandom): Promise<void> {
  const index = random.integer(0, world.consoles.length - 1);
  const one = world.consoles[index];
  if (!one) return;
  const what = random.weighted({
    edit: 34,
    move: 14,
    create: 12,
    assign: 5,
    remove: 4,
    withdraw: 2,
    offline: 7,
    online: 9,
    drop: 4,
    crash: 4,
    clock: 4,
    diskFull: 2,
    diskFree: 4,
    serverAway: 2,
    serverBack: 4,
  });
  world.log.push(`${world.time.now() - start}: console ${index} ${what}`);
  switch (what) {
    case 'edit':
    case 'move':
    case 'create':
    case 'assign':
    case 'remove':
    case 'withdraw':
      return edit(world, random, index, one, what);
    case 'offline':
      return one.replica.setWorkOffline(true);
    case 'online':
      return one.replica.setWorkOffline(false);
    case 'drop':
      return world.server.dropAll();
    case 'crash':
      return one.crash();
    case 'clock':
      return one.stepClock(random.pick([-86_400_000, -3_600_000, -1000, 1000, 3_600_000]));
    case 'diskFull':
      return one.setDiskFull(true);
    case 'diskFree':
      return one.setDiskFull(false);
    case 'serverAway':
      return world.server.setReachable(false);
    case 'serverBack':
      return world.server.setReachable(true);
  }
}

async function edit(
  world: World,
  random: SeededRandom,
  index: number,
  { replica }: VirtualConsole,
  what: 'edit' | 'move' | 'create' | 'assign' | 'remove' | 'withdraw',
): Promise<void> {
  const value = `typed-${index}-${world.typed.length}-${random.hex(4)}`;
  const kind: Kind = random.pick(kinds);
  const typed = (recordId: string) => world.typed.push({ consoleIndex: index, recordId, kind, value });
  const rows = await listOf(replica, kind);
  const row = rows.length === 0 || what === 'create' ? undefined : random.pick(rows).record;
  if (!row) {
    if (what !== 'create' && what !== 'edit') return;
    const made = await replica.create(kind, '', bodyOf(kind, value));
    if (made.ok) typed(made.value.id);
    return;
  }
  if (what === 'edit') {
    const name = random.pick(kind === 'task' ? ['title', 'description'] : ['name', 'description']);
    const done = await replica.edit(kind, row.id, { body: { [name]: value } });
    if (done.ok) {
      giveUp(world, row.id, JSON.stringify(row.body[name] ?? ''));
      typed(row.id);
    }
  } else if (what === 'move') {
    const to = moves[row.status];
    if (to) await replica.edit(kind, row.id, { status: random.pick(to) });
  } else if (what === 'assign') await replica.edit(kind, row.id, { assignedTo: random.pick(['ada', 'ben', '']) });
  else {
    const done = what === 'remove' ? await replica.remove(kind, row.id) : await replica.withdraw(kind, row.id);
    if (done.ok) giveUp(world, row.id, JSON.stringify(row.body));
  }
}

/** The person typed over these values, or took them back, on the screen that showed them: that is no loss. */
function giveUp(world: World, recordId: string, shown: string): void {
  for (const one of world.typed)
    if (one.recordId === recordId && shown.includes(one.value)) world.log.push(`gave up ${one.value}`);
}

function bodyOf(kind: Kind, value: string): JsonObject {
  switch (kind) {
    case 'task':
      return { title: value };
    case 'rule':
      return { name: value, trigger: { type: 'manual' }, steps: [] };
    case 'flag':
      return { key: value.replaceAll('-', '_'), name: value, type: 'permanent' };
  }
}

export function listOf(replica: VirtualConsole['replica'], kind: string): Promise<readonly ReplicaRecord[]> {
  return new Promise((resolve) => {
    const stop = replica.observeList({ kind }, (list) => {
      if (list.state === 'reading') return;
      queueMicrotask(() => stop());
      resolve([...list.rows].sort((left, right) => (left.record.id < right.record.id ? -1 : 1)));
    });
  });
}

/** Everything the server holds of the kinds people worked on, deletions included. */
export async function serverRecords({ server }: World): Promise<Map<string, RecordState>> {
  const records = new Map<string, RecordState>();
  for (const collection of ['runs', 'automation', 'health'] as const)
    for (const change of await server.store.changesSince(collection, 0, 100_000)) {
      const record = change.read();
      if ((kinds as readonly string[]).includes(record.kind)) records.set(record.id, record);
    }
  return records;
}

export async function consoleRecords(one: VirtualConsole): Promise<Map<string, ReplicaRecord>> {
  const records = new Map<string, ReplicaRecord>();
  for (const kind of kinds)
    for (const row of await listOf(one.replica, kind)) if (!isTombstone(row.record)) records.set(row.record.id, row);
  return records;
}
