import { beforeEach, describe, expect, it } from 'vitest';
import type { Step } from '#shared/resources/automation/step.ts';
import { newStep } from '../steps/newStep.ts';
import { createEditorStore, rememberedSteps } from './editorStore.ts';
import type { EditorStore } from './editorStore.ts';
import { keepDraft, readKeptDraft } from './keptDraft.ts';
import { keepMine, standing } from './reconcile.ts';
import { changedFields, contentOf, contentPatch, emptyContent } from './ruleContent.ts';
import type { RuleContent } from './ruleContent.ts';

describe('the draft of a rule', () => {
  let now = 0;
  let store: EditorStore;
  beforeEach(() => {
    now = 0;
    store = createEditorStore({ tenantId: '', content: emptyContent, unfinished: {} }, { part: 'trigger' }, () => now);
  });
  const name = () => store.getState().draft.content.name;
  const type = (text: string) => {
    for (let end = 1; end <= text.length; end++) {
      store.getState().change({ name: text.slice(0, end) }, 'name');
      now += 100;
    }
  };

  it('takes back a typed word in one step, and what was typed after a pause in another', () => {
    type('Welcome');
    now += 5000;
    store.getState().change({ name: 'Welcome back' }, 'name');
    store.temporal.getState().undo();
    expect(name()).toBe('Welcome');
    store.temporal.getState().undo();
    expect(name()).toBe('');
    store.temporal.getState().redo();
    store.temporal.getState().redo();
    expect(name()).toBe('Welcome back');
  });

  it('does not count choosing a step or a change to the same as a step back', () => {
    store.getState().select({ part: 'conditions' });
    store.getState().change({ name: '' });
    expect(store.temporal.getState().pastStates).toHaveLength(0);
  });

  it('remembers a bounded number of steps', () => {
    for (let index = 0; index < rememberedSteps + 50; index++) store.getState().change({ priority: index + 1 });
    expect(store.temporal.getState().pastStates).toHaveLength(rememberedSteps);
  });

  it('brings text that is no value yet back with undo', () => {
    store.getState().setUnfinished('conditions', '{ "type": ');
    now += 5000;
    store.getState().setUnfinished('conditions', undefined);
    store.temporal.getState().undo();
    expect(store.getState().draft.unfinished).toEqual({ conditions: '{ "type": ' });
  });

  it('survives a restart, and is forgotten when it cannot be read', () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    };
    const unchosen = { type: 'comparison' as const, field: '', operator: 'equals' as const };
    const group = { type: 'group' as const, match: 'or' as const, conditions: [unchosen] };
    const ask: Step = {
      id: 'ask',
      name: 'Ask',
      delayMinutes: 0,
      retry: { max: 3, backoffSeconds: 30 },
      onError: 'stop',
      type: 'condition',
      conditions: group,
      then: [],
      otherwise: [],
    };
    const content: RuleContent = {
      ...emptyContent,
      name: '',
      trigger: { type: 'event', pattern: '' },
      conditions: { type: 'group', match: 'and', conditions: [unchosen, group] },
      steps: [newStep('email', '', new Set()), ask],
      maxParallel: -1,
    };
    const draft = { tenantId: 't1', content, unfinished: { a: '{' }, base: null, baseVersion: 0 };
    expect(keepDraft('new', draft, storage)).toBeUndefined();
    expect(readKeptDraft('new', storage)).toEqual(draft);
    keepDraft('new', undefined, storage);
    expect(readKeptDraft('new', storage)).toBeUndefined();
    kept.set('steward.draft.ruleEditor.new', '{"content":');
    expect(readKeptDraft('new', storage)).toBeUndefined();
    const full = () => {
      throw new Error('full');
    };
    expect(keepDraft('new', draft, { ...storage, setItem: full })).toContain('full');
  });
});

describe('a rule that somebody else saved meanwhile', () => {
  const base = { ...emptyContent, name: 'Base' };

  it('is shown as it is where nothing was written here', () => {
    expect(standing(base, base, { ...base, priority: 5 })).toEqual({ state: 'behind' });
  });

  it('is joined with what was written in other fields', () => {
    const mine = { ...base, name: 'Mine' };
    const stored = { ...base, priority: 5 };
    expect(standing(base, mine, stored)).toEqual({ state: 'apart', theirs: ['priority'] });
    expect(keepMine(base, mine, stored)).toEqual({ ...base, name: 'Mine', priority: 5 });
  });

  it('asks where both changed the same field differently, and keeps what was written on request', () => {
    const mine = { ...base, name: 'Mine' };
    const stored = { ...base, name: 'Theirs', priority: 5 };
    expect(standing(base, mine, stored)).toEqual({ state: 'conflict', both: ['name'], theirs: ['name', 'priority'] });
    expect(keepMine(base, mine, stored)).toEqual({ ...stored, name: 'Mine' });
    expect(standing(base, mine, { ...base, name: 'Mine' })).toEqual({ state: 'apart', theirs: ['name'] });
  });

  it('is saved as the fields that changed only', () => {
    const changed = { ...base, tags: ['a'], isActive: true };
    expect(changedFields(base, changed)).toEqual(['isActive', 'tags']);
    expect(contentPatch(base, changed)).toEqual({ tags: ['a'], isActive: true });
  });

  it('is read with defaults for what it lacks, and field by field where a part of it is wrong', () => {
    expect(contentOf({ name: 'Short' })).toEqual({ ...emptyContent, name: 'Short' });
    const odd = contentOf({
      name: 'Odd',
      priority: 'high',
      tags: ['a'],
      trigger: { type: 'event', pattern: 'user.*' },
    });
    expect(odd).toEqual({ ...emptyContent, name: 'Odd', tags: ['a'], trigger: { type: 'event', pattern: 'user.*' } });
  });
});
