import { expect } from 'vitest';
import type { Principal } from '#shared/domain/access/principal.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import { createUuidV7Source } from '#shared/kernel/uuidV7.ts';
import type { InboxEntry, ReplicaRecord } from '#renderer/data/replicaApi.ts';
import { createSeededRandom } from '#server/features/demo/seededRandom.ts';
import { makeGrant, makePrincipal } from '#tests/support/sampleResource.ts';
import { startVirtualConsole } from '#tests/support/virtualConsole.ts';
import type { VirtualConsole } from '#tests/support/virtualConsole.ts';
import { createVirtualServer } from '#tests/support/virtualServer.ts';
import type { Fate, VirtualServer } from '#tests/support/virtualServer.ts';
import { createVirtualTime } from '#tests/support/virtualTime.ts';
import type { VirtualTime } from '#tests/support/virtualTime.ts';

/** A server, two people, and time that moves when told. */
export interface Office {
  time: VirtualTime;
  server: VirtualServer;
  ada: VirtualConsole;
  ben: VirtualConsole;
  open: (personId: string) => Promise<VirtualConsole>;
  /** How lines treat messages from now on. */
  setFate: (fate: Fate) => void;
}

export const minute = 60_000;
const start = Date.parse('2026-03-01T08:00:00.000Z');

export async function openOffice(people: { ada?: Partial<Principal>; ben?: Partial<Principal> } = {}): Promise<Office> {
  const random = createSeededRandom(7);
  const time = createVirtualTime(start);
  const newId = createUuidV7Source(time.now, random.bytes);
  const person = (id: string, changes: Partial<Principal> = {}) =>
    makePrincipal([makeGrant(['*'])], { id, name: id, ...changes });
  const server = createVirtualServer(time, newId, [person('ada', people.ada), person('ben', people.ben)]);
  let fate: Fate = () => [3];
  const open = (personId: string) =>
    startVirtualConsole(server, time, personId, {
      fate: (direction) => fate(direction),
      random: random.fraction,
      newId,
    });
  const office: Office = {
    time,
    server,
    ada: await open('ada'),
    ben: await open('ben'),
    open,
    setFate: (next) => (fate = next),
  };
  await time.advance(2000);
  return office;
}

export async function makeTask(one: VirtualConsole, title: string, body: JsonObject = {}): Promise<string> {
  const made = await one.replica.create('task', '', { title, ...body });
  if (!made.ok) throw new Error(made.error.message);
  return made.value.id;
}

export async function rename(one: VirtualConsole, id: string, title: string): Promise<void> {
  expect(await one.replica.edit('task', id, { body: { title } })).toMatchObject({ ok: true });
}

export async function titleOn(one: VirtualConsole, id: string): Promise<unknown> {
  return (await one.replica.get('task', id))?.record.body['title'];
}

export async function titleOnServer({ server }: Office, id: string): Promise<unknown> {
  const record = (await server.store.getRecords([id])).get(id);
  return record && 'body' in record ? record.body['title'] : undefined;
}

export function inboxOf({ replica }: VirtualConsole): readonly InboxEntry[] {
  let entries: readonly InboxEntry[] = [];
  replica.observeInbox((found) => (entries = found))();
  return entries;
}

export function tasksOn({ replica }: VirtualConsole): Promise<readonly ReplicaRecord[]> {
  return new Promise((resolve) => {
    const stop = replica.observeList({ kind: 'task' }, (list) => {
      if (list.state !== 'ready') return;
      queueMicrotask(() => stop());
      resolve(list.rows);
    });
  });
}
