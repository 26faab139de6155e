import { describe, expect, it } from 'vitest';
import { resources } from '#shared/resources/registry.ts';
import { referral } from '#shared/resources/referrals/referral.ts';
import { tenant } from '#shared/resources/tenants/tenant.ts';
import { defaultView, filtersOfQuery, isComplete, listFields, operatorsOf, readView } from './listView.ts';

describe('what a list can show', () => {
  it('every column of every kind is a field, and every field can be compared somehow', () => {
    for (const resource of resources) {
      const fields = listFields(resource);
      const paths = fields.map((field) => field.path);
      expect(paths).toEqual(expect.arrayContaining(resource.list.columns.map((column) => column.path)));
      expect(new Set(paths).size).toBe(paths.length);
      expect(fields.every((field) => operatorsOf(field.type).length > 0)).toBe(true);
    }
  });

  it('never offers a secret field', () => {
    for (const resource of resources) {
      const paths = listFields(resource).map((field) => field.path);
      expect(resource.secretFields.filter((name) => paths.includes(`body.${name}`))).toEqual([]);
    }
  });
});

describe('a kept view', () => {
  it('is read without what the kind no longer has', () => {
    const view = readView(tenant, {
      filters: [
        { path: 'body.plan', operator: 'in', value: ['free'] },
        { path: 'body.gone', operator: 'is', value: 1 },
      ],
      search: 'nour',
      sort: [{ path: 'body.gone', descending: true }],
      columns: ['body.name', 'body.gone'],
    });
    expect(view).toEqual({
      filters: [{ path: 'body.plan', operator: 'in', value: ['free'] }],
      search: 'nour',
      sort: [],
      columns: ['body.name'],
    });
  });

  it('that makes no sense is the default view', () => {
    expect(readView(referral, 'nonsense')).toEqual(defaultView(referral));
    expect(defaultView(referral).sort).toEqual([{ path: 'createdAt', descending: true }]);
  });
});

describe('filters', () => {
  it('come from links', () => {
    expect(filtersOfQuery(referral, 'status=paid,expired&body.fraudScore=70&body.gone=1&tenantId=t1')).toEqual([
      { path: 'status', operator: 'in', value: ['paid', 'expired'] },
      { path: 'body.fraudScore', operator: 'is', value: 70 },
      { path: 'tenantId', operator: 'is', value: 't1' },
    ]);
  });

  it('wait until there is something to compare with', () => {
    expect(isComplete({ path: 'status', operator: 'in', value: [] })).toBe(false);
    expect(isComplete({ path: 'body.fraudScore', operator: 'between', value: [1, ''] })).toBe(false);
    expect(isComplete({ path: 'body.notes', operator: 'is_empty' })).toBe(true);
  });
});
