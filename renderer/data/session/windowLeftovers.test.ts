import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { onPersonChanged } from './personChanged.ts';
import { createWindowLeftovers } from './windowLeftovers.ts';

/** What of Storage is used; keys are its own properties, as in a browser. */
function storage(): Storage {
  const methods = {
    getItem: (key: string) => (Object.hasOwn(kept, key) ? (kept[key] ?? null) : null),
    setItem: (key: string, value: string) => void (kept[key] = value),
    removeItem: (key: string) => void delete kept[key],
  };
  const kept = Object.create(methods) as Record<string, string>;
  return kept as unknown as Storage;
}
const nothing = async () => null;

beforeEach(() => {
  vi.stubGlobal('localStorage', storage());
  vi.stubGlobal('window', {
    steward: { sealed: { save: nothing, load: async () => '' }, session: { wipe: nothing } },
  });
});
afterEach(() => void vi.unstubAllGlobals());

it('tells the window when it is another person’s turn, and not when the same person is back', () => {
  let told = 0;
  onPersonChanged(() => (told += 1));
  const leftovers = createWindowLeftovers();
  leftovers.belongTo('ada');
  const before = told;
  leftovers.belongTo('ada');
  expect(told).toBe(before);
  leftovers.belongTo('ben');
  expect(told).toBe(before + 1);
  leftovers.forgetDrafts('ben');
  expect(told).toBe(before + 2);
});

it('drafts are of one person: another does not meet them, and they return with their person', () => {
  const leftovers = createWindowLeftovers();
  localStorage.setItem('steward.language', 'fr');
  localStorage.setItem('steward.draft.task.1', 'of an earlier version');
  leftovers.belongTo('ada');
  localStorage.setItem('steward.views.task', 'of Ada');
  leftovers.belongTo('ben');
  expect(leftovers.drafts('ben')).toEqual({});
  expect(localStorage.getItem('steward.views.task')).toBeNull();
  expect(localStorage.getItem('steward.language')).toBe('fr');
  localStorage.setItem('steward.views.task', 'of Ben');
  const ofAda = { 'steward.draft.task.1': 'of an earlier version', 'steward.views.task': 'of Ada' };
  expect(leftovers.drafts('ada')).toEqual(ofAda);
  leftovers.belongTo('ada');
  expect(localStorage.getItem('steward.views.task')).toBe('of Ada');
  expect(leftovers.drafts('ben')).toEqual({ 'steward.views.task': 'of Ben' });
  leftovers.forgetDrafts('ben');
  expect(leftovers.drafts('ben')).toEqual({});
  expect(leftovers.drafts('ada')).toEqual(ofAda);
  leftovers.forgetDrafts('ada');
  expect(Object.keys(localStorage).toSorted()).toEqual(['steward-owner', 'steward.language']);
});
