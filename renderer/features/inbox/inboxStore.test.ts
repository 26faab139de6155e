import { expect, it } from 'vitest';
import { personChanged } from '#renderer/data/session/personChanged.ts';
import { useInboxStore } from './inboxStore.ts';

it('choices not made yet are not shown to the next person at this window', () => {
  useInboxStore.getState().correct('entry', 'body.name', 'typed by Ada');
  useInboxStore.getState().setCurrent('entry');
  personChanged();
  expect(useInboxStore.getState()).toMatchObject({ current: '', corrections: {} });
});
