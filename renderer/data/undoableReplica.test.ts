import { expect, it } from 'vitest';
import { makeTask, openOffice, rename, titleOn } from '#tests/replication/office.ts';
import { withUndo } from './undoableReplica.ts';

it('takes an edit back and does it again, also after it was sent', async () => {
  const office = await openOffice();
  const id = await makeTask(office.ada, 'First');
  const { replica, history } = withUndo(office.ada.replica);
  await replica.edit('task', id, { body: { title: 'Second' } });
  await office.time.advance(1000);
  expect(history.state()).toEqual({ canUndo: true, canRedo: false });
  await history.undo();
  await office.time.advance(1000);
  expect(await titleOn(office.ben, id)).toBe('First');
  await history.redo();
  await office.time.advance(1000);
  expect(await titleOn(office.ben, id)).toBe('Second');
});

it('overwrites nothing that somebody else wrote since', async () => {
  const office = await openOffice();
  const id = await makeTask(office.ada, 'First');
  await office.time.advance(1000);
  const { replica, history } = withUndo(office.ada.replica);
  await replica.edit('task', id, { body: { title: 'Second' } });
  await office.time.advance(1000);
  await rename(office.ben, id, 'By Ben');
  await office.time.advance(1000);
  expect(await history.undo()).toMatchObject({ ok: false, error: { code: 'invalid' } });
  expect(await titleOn(office.ada, id)).toBe('By Ben');
  expect(history.state().canUndo).toBe(true);
});

it('brings a removed record back as a new one, and removes a created one', async () => {
  const office = await openOffice();
  const { replica, history } = withUndo(office.ada.replica);
  const made = await replica.create('task', '', { title: 'Made' });
  const id = made.ok ? made.value.id : '';
  await replica.remove('task', id);
  expect(await titleOn(office.ada, id)).toBeUndefined();
  await history.undo();
  expect(await replica.search('Made', 5)).toHaveLength(1);
  await history.undo();
  history.clear();
  expect(history.state()).toEqual({ canUndo: false, canRedo: false });
});
