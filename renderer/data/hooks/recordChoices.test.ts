import { describe, expect, it } from 'vitest';
import { referralCode } from '#shared/resources/referrals/referralCode.ts';
import { tenant } from '#shared/resources/tenants/tenant.ts';
import { choiceQuery, typedSearch, withChosen } from './recordChoices.ts';

describe('choosing a record by its name', () => {
  const found = [
    { value: 'a', label: 'Aurora' },
    { value: 'b', label: 'Boreal' },
  ];

  it('asks for few, by what is typed, in the order of the names', () => {
    expect(choiceQuery(tenant, 'bor')).toEqual({
      kind: 'tenant',
      filters: [],
      search: 'bor',
      sort: [{ path: 'body.name', descending: false }],
      limit: 50,
    });
    expect(choiceQuery(referralCode, '').sort).toEqual([{ path: 'body.code', descending: false }]);
  });

  it('does not search for the name that the input shows', () => {
    expect(typedSearch('Aurora', 'Aurora')).toBe('');
    expect(typedSearch(' bor ', 'Aurora')).toBe('bor');
    expect(typedSearch('', '')).toBe('');
  });

  it('keeps what is chosen though it was not found', () => {
    const chosen = { value: 'z', label: 'Zenith' };
    expect(withChosen(found, chosen)).toEqual([chosen, ...found]);
    expect(withChosen(found, { value: 'b', label: 'Boreal' })).toEqual(found);
    expect(withChosen(found, { value: '', label: '' })).toEqual(found);
  });
});
