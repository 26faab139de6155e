import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepProfileDraft, readProfileDraft } from '#renderer/features/access/person/profileDraft.ts';
import { keepDraft, readDraft } from '#renderer/features/records/recordDraft.ts';
import { onPersonChanged } from './personChanged.ts';
import { tellCleaned } from './tellCleaned.ts';
import { createWindowLeftovers } from './windowLeftovers.ts';

/** Characters that the storage has room for. */
let room = Number.POSITIVE_INFINITY;
const used = () => Object.entries(localStorage).reduce((sum, [key, value]) => sum + key.length + value.length, 0);
const fill = () => (room = used());

/** What of Storage is used; keys are its own properties, as in a browser. */
function storage(): Storage {
  const methods = {
    getItem: (key: string) => (Object.hasOwn(kept, key) ? (kept[key] ?? null) : null),
    setItem: (key: string, value: string) => {
      const before = Object.hasOwn(kept, key) ? key.length + (kept[key]?.length ?? 0) : 0;
      if (room !== Number.POSITIVE_INFINITY && used() - before + key.length + value.length > room)
        throw new DOMException('full', 'QuotaExceededError');
      kept[key] = value;
    },
    removeItem: (key: string) => void delete kept[key],
  };
  const kept = Object.create(methods) as Record<string, string>;
  return kept as unknown as Storage;
}
const nothing = async () => null;

beforeEach(() => {
  room = Number.POSITIVE_INFINITY;
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

describe('a person who was erased', () => {
  const erased = { emails: ['zoe@planted.example'], names: ['Zoë Quill'], records: ['member:m-1'] };
  const rule = JSON.stringify({ body: { name: 'Write to Zoë Quill', steps: [{ to: 'ZOE@planted.example' }] }, at: 7 });

  it('goes from drafts of everybody here; the rest of them stays, and their author is told', () => {
    const leftovers = createWindowLeftovers();
    leftovers.belongTo('ben');
    localStorage.setItem('steward.draft.ruleEditor.new1', rule);
    localStorage.setItem('steward.draft.task.t-1', JSON.stringify({ description: 'Call Zoe Quilly' }));
    localStorage.setItem('steward.note', 'mail zoe%40planted.example, not JSON');
    leftovers.belongTo('ada');
    localStorage.setItem('steward.draft.ruleEditor.r-9', rule);
    localStorage.setItem('steward.draft.member.m-1', JSON.stringify({ phone: '+1 555' }));
    localStorage.setItem('steward.language', 'fr');
    leftovers.clean(erased);
    expect(JSON.parse(localStorage.getItem('steward.draft.ruleEditor.r-9') ?? '')).toEqual({
      body: { name: 'Write to [erased]', steps: [{ to: 'erased@erased.invalid' }] },
      at: 7,
    });
    expect(localStorage.getItem('steward.draft.member.m-1')).toBeNull();
    expect(localStorage.getItem('steward.language')).toBe('fr');
    expect(leftovers.cleaned()).toEqual([
      { key: 'steward.draft.ruleEditor.r-9', outcome: 'replaced' },
      { key: 'steward.draft.member.m-1', outcome: 'removed' },
    ]);
    leftovers.cleanedTold();
    expect(leftovers.cleaned()).toEqual([]);
    leftovers.clean(erased);
    expect(leftovers.cleaned()).toEqual([]);

    leftovers.belongTo('ben');
    expect(leftovers.cleaned()).toEqual([
      { key: 'steward.draft.ruleEditor.new1', outcome: 'replaced' },
      { key: 'steward.note', outcome: 'replaced' },
    ]);
    expect(localStorage.getItem('steward.draft.task.t-1')).toContain('Zoe Quilly');
    expect(JSON.stringify(Object.entries(localStorage))).not.toMatch(/Zoë Quill|zoe@planted|zoe%40planted/i);
  });

  it('goes again from what an open editor writes, when the window closes', () => {
    const closing: (() => void)[] = [];
    vi.stubGlobal(
      'addEventListener',
      (name: string, listener: () => void) => name === 'pagehide' && closing.push(listener),
    );
    const leftovers = createWindowLeftovers();
    leftovers.belongTo('ada');
    leftovers.clean(erased);
    leftovers.clean({ ...erased, names: ['Other Person'] });
    localStorage.setItem('steward.draft.ruleEditor.r-9', rule);
    expect(closing).toHaveLength(1);
    for (const close of closing) close();
    expect(localStorage.getItem('steward.draft.ruleEditor.r-9')).toContain('Write to [erased]');
  });

  it('goes from a field of a record’s form, also with a name of one word that could be an id', () => {
    const leftovers = createWindowLeftovers();
    leftovers.belongTo('ada');
    keepDraft('payout', 'p-1', {
      'body.recipientName': { input: 'Zoe', base: 'zoe' },
      'body.description': { input: 'Zoe' },
      assignedTo: { input: 'zoe' },
    });
    keepProfileDraft('s-1', { displayName: 'Zoe', locale: 'fr' });
    leftovers.clean({ emails: [], names: ['Zoe'], records: ['member:m-1'] });
    expect(readDraft('payout', 'p-1')).toEqual({
      'body.recipientName': { input: '[erased]', base: '[erased]' },
      'body.description': { input: 'Zoe' },
      assignedTo: { input: 'zoe' },
    });
    expect(readProfileDraft('s-1')).toEqual({ displayName: '[erased]', locale: 'fr' });
  });

  it('goes although the storage is full: a draft that grew goes whole, and its author is told', () => {
    const leftovers = createWindowLeftovers();
    leftovers.belongTo('ada');
    localStorage.setItem('steward.draft.ruleEditor.r-1', JSON.stringify({ name: 'Call Zoë Quill' }));
    localStorage.setItem('steward.draft.ruleEditor.r-2', JSON.stringify({ name: 'Call Al Q' }));
    localStorage.setItem('steward.draft.ruleEditor.r-3', JSON.stringify({ name: 'Call nobody' }));
    fill();
    leftovers.clean({ ...erased, names: ['Zoë Quill', 'Al Q'] });
    expect(localStorage.getItem('steward.draft.ruleEditor.r-1')).toContain('Call [erased]');
    expect(localStorage.getItem('steward.draft.ruleEditor.r-2')).toBeNull();
    expect(localStorage.getItem('steward.draft.ruleEditor.r-3')).toContain('Call nobody');
    expect(leftovers.cleaned().toSorted((left, right) => (left.key < right.key ? -1 : 1))).toEqual([
      { key: 'steward.draft.ruleEditor.r-1', outcome: 'replaced' },
      { key: 'steward.draft.ruleEditor.r-2', outcome: 'removed' },
    ]);
    leftovers.cleanedTold();
    expect(leftovers.cleaned()).toEqual([]);
  });

  it('goes from drafts that come back after they were sealed before, in the window that met the erasure', () => {
    const leftovers = createWindowLeftovers();
    leftovers.belongTo('ada');
    leftovers.clean(erased);
    leftovers.clean({ emails: [], names: ['Other Person'], records: [] });
    leftovers.putDrafts({ 'steward.draft.ruleEditor.r-9': rule, 'steward.draft.member.m-1': '{}' });
    expect(localStorage.getItem('steward.draft.ruleEditor.r-9')).toContain('Write to [erased]');
    expect(localStorage.getItem('steward.draft.member.m-1')).toBeNull();
    expect(leftovers.cleaned()).toHaveLength(2);
  });

  it('is told of in the inbox of whose drafts they were', async () => {
    const leftovers = createWindowLeftovers();
    leftovers.belongTo('ada');
    localStorage.setItem('steward.draft.ruleEditor.r-9', rule);
    localStorage.setItem('steward.views.task', rule);
    leftovers.clean(erased);
    const told: unknown[] = [];
    const clock = () => Date.parse('2026-11-21T10:00:00.000Z');
    await expect(tellCleaned(leftovers, () => Promise.reject(new Error('full')), clock)).rejects.toThrow('full');
    await tellCleaned(leftovers, async (entries) => void told.push(...entries), clock);
    await tellCleaned(leftovers, async (entries) => void told.push(...entries), clock);
    expect(told).toMatchObject([{ type: 'draft_cleaned', recordId: 'r-9', kind: 'rule', outcome: 'replaced' }]);
  });
});
