import { describe, expect, it } from 'vitest';
import { blankRole, changesOf, copyOfRole, countChanges, freeKey, keyOfName, rebase } from './roleDraft.ts';
import { fieldUseOf, ruledResources, withFieldUse } from './fieldRules.ts';

const base = { ...blankRole, key: 'desk', name: 'Desk', permissions: ['tenants.view', 'flags.view'], tenants: ['t1'] };

describe('the draft of a role', () => {
  it('saves what was changed and nothing else', () => {
    const draft = { ...base, permissions: ['tenants.view'], description: 'Nights' };
    expect(changesOf(base, draft)).toEqual({ permissions: ['tenants.view'], description: 'Nights' });
    expect(changesOf(base, { ...base })).toEqual({});
  });

  it('counts permissions one by one, also those that a wildcard stands for', () => {
    expect(countChanges(base, { ...base, name: 'Night', permissions: ['tenants.view'], tenants: ['t2'] })).toBe(4);
    expect(countChanges({ ...base, permissions: [] }, { ...base, permissions: ['tenants.*'] })).toBe(5);
    // Written otherwise, it gives the same; it is a change all the same.
    expect(countChanges(base, { ...base, permissions: [...base.permissions, 'later.view'] })).toBe(1);
  });

  it('keeps what somebody else saved meanwhile, where this person changed something else', () => {
    const mine = { ...base, permissions: ['tenants.view', 'runs.view'], name: 'Night desk' };
    const theirs = { ...base, permissions: ['tenants.view', 'flags.view', 'audit.view'], tenants: ['t1', 't2'] };
    expect(rebase(base, mine, theirs)).toEqual({
      ...base,
      name: 'Night desk',
      permissions: ['audit.view', 'runs.view', 'tenants.view'],
      tenants: ['t1', 't2'],
    });
  });

  it('makes keys of names, and finds free ones', () => {
    expect(keyOfName('Équipe de nuit (2)')).toBe('equipe_de_nuit_2');
    expect(keyOfName('夜')).toBe('');
    expect(freeKey('desk', new Set(['desk', 'desk_2']))).toBe('desk_3');
    expect(copyOfRole(base, 'Copy of Desk', new Set(['desk']))).toMatchObject({ key: 'desk_2', name: 'Copy of Desk' });
  });
});

describe('fields of a role', () => {
  it('have one rule each, or none where they may be edited', () => {
    const hidden = withFieldUse([], 'tenants', 'notes', 'hidden');
    expect(hidden).toEqual([{ resource: 'tenants', field: 'notes', access: 'hidden' }]);
    expect(fieldUseOf(hidden, 'tenants', 'notes')).toBe('hidden');
    expect(fieldUseOf(hidden, 'members', 'notes')).toBe('edit');
    const both = withFieldUse(hidden, 'members', 'email', 'read_only');
    expect(both.map(({ resource }) => resource)).toEqual(['members', 'tenants']);
    expect(withFieldUse(both, 'tenants', 'notes', 'edit')).toEqual([both[0]]);
  });

  it('are those of the kinds, each once, without secret ones', () => {
    const tenants = ruledResources.find(({ resource }) => resource === 'tenants');
    expect(tenants?.fields).toContain('ownerEmail');
    for (const { fields } of ruledResources) expect(new Set(fields).size).toBe(fields.length);
  });
});
