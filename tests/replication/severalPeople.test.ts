import { readdirSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { OpenedReplica } from '#renderer/data/replica.ts';
import { withUndo } from '#renderer/data/undoableReplica.ts';
import type { SessionAnswer } from '#shared/protocol/session.ts';
import { answerFor, startComputer } from '#tests/support/oneComputer.ts';

let computer: ReturnType<typeof startComputer>;
let replica: OpenedReplica;
beforeEach(async () => {
  computer = startComputer();
  replica = await computer.open();
});
afterEach(async () => {
  await replica.close();
  computer.engine.close();
});

const files = () =>
  readdirSync(computer.engine.folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /steward-[0-9a-f]{24}\D*$/.test(name),
  );
const workspaces = () => [...new Set(files().flatMap((name) => /steward-[0-9a-f]{24}/.exec(name) ?? []))];
async function enter(answer: SessionAnswer): Promise<void> {
  await replica.adopt(answer);
  await computer.time.advance(5000);
}
async function restart(): Promise<void> {
  await replica.close();
  replica = await computer.open();
}
async function typeOffline(title: string): Promise<string> {
  replica.setWorkOffline(true);
  const made = await replica.create('task', '', { title });
  if (!made.ok) throw new Error(made.error.message);
  return made.value.id;
}

it('another e-mail address leaves a person their file, with what was not sent, over a restart too', async () => {
  await enter(answerFor('ada'));
  const id = await typeOffline('Typed on the train');
  await replica.adopt(answerFor('ada', 'lovelace@steward.example'));
  expect((await replica.get('task', id))?.record.body['title']).toBe('Typed on the train');
  await restart();
  expect(computer.disk.kept?.email).toBe('lovelace@steward.example');
  expect((await replica.get('task', id))?.record.body['title']).toBe('Typed on the train');
  expect(workspaces()).toHaveLength(1);
});

it('whoever gets an e-mail address that was somebody else’s does not get their file', async () => {
  await enter(answerFor('ada'));
  const id = await typeOffline('Of Ada');
  await replica.adopt(answerFor('ben', 'ada@steward.example'));
  expect(await replica.get('task', id)).toBeUndefined();
  expect(replica.status().unsent).toBe(0);
  expect(new Set(computer.owners).size).toBe(2);
  await enter(answerFor('ada', 'lovelace@steward.example'));
  expect(replica.status().unsent).toBe(1);
});

it('what was left by somebody whose session was ended goes when another person signs in over it', async () => {
  await enter(answerFor('ada'));
  const [ofAda] = workspaces();
  computer.ended.add('refresh ada');
  await enter(answerFor('ben'));
  expect(workspaces()).toHaveLength(1);
  expect(workspaces()).not.toContain(ofAda);
  expect(computer.forgotten).toEqual([ofAda]);
  expect(computer.disk.kept).toMatchObject({ staffId: 'ben', left: [] });
  expect(replica.status().connection).toBe('online');
});

it('a session that was left is asked about at the next starts, until its person is back or it was ended', async () => {
  await enter(answerFor('ada'));
  const [ofAda] = workspaces();
  await enter(answerFor('ben'));
  expect(workspaces()).toHaveLength(2);
  expect(computer.disk.kept?.left).toMatchObject([{ refreshToken: 'refresh ada' }]);
  await restart();
  expect(workspaces()).toContain(ofAda);
  computer.ended.add('refresh ada');
  await restart();
  expect(workspaces()).not.toContain(ofAda);
  const before = computer.asked.length;
  await restart();
  expect(computer.asked).toHaveLength(before);
});

it('nobody takes back what another person did, and whoever signs in again still can', async () => {
  await enter(answerFor('ada'));
  const undoable = withUndo(replica);
  await undoable.replica.create('task', '', { title: 'Of Ada' });
  await undoable.replica.adopt(answerFor('ada'));
  expect(undoable.history.state().canUndo).toBe(true);
  await undoable.replica.adopt(answerFor('ben'));
  expect(undoable.history.state()).toEqual({ canUndo: false, canRedo: false });
});

it('signing out removes the drafts', async () => {
  await enter(answerFor('ada'));
  const [ofAda] = workspaces();
  expect(await replica.signOut({ discard: false })).toMatchObject({ ok: true });
  expect(computer.forgotten).toEqual([ofAda]);
});
