import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { customIssue, issueSaying } from './issueSaying.ts';
import { sayingOf } from './readSaying.ts';
import { englishOf, problemOf, saying, sentences } from './sentence.ts';

const whyOf = (schema: z.ZodType, given: unknown) =>
  englishOf(issueSaying(schema.safeParse(given, { reportInput: true }).error?.issues[0]));

describe('a sentence of the catalogue', () => {
  it('says in English what its values are, a part of a sentence and an empty list too', () => {
    expect(englishOf(saying('role_in_use', { count: 3 }))).toBe(
      'The role is held by 3 people. Take it from them first, then delete it.',
    );
    expect(englishOf(saying('field_not_valid', { kind: 'tenant', field: 'name', why: saying('value_empty') }))).toBe(
      "The field 'name' of the tenant is not valid: it cannot be empty.",
    );
    expect(englishOf(saying('move_not_allowed', { from: 'DONE', to: 'OPEN', allowed: [] }))).toBe(
      'DONE cannot become OPEN. Allowed from DONE: none.',
    );
  });

  it('does not fill in again what a value brought along', () => {
    expect(englishOf(saying('no_such_tenant', { tenant: '{{tenant}}' }))).toContain("'{{tenant}}'");
  });

  it('goes with a problem, beside what programs read already', () => {
    const problem = problemOf('forbidden', saying('own_role'), {
      path: 'body.permissions',
      details: { reason: 'own' },
    });
    expect(problem).toEqual({
      code: 'forbidden',
      path: 'body.permissions',
      message: sentences.own_role,
      details: { reason: 'own', says: { key: 'own_role' } },
    });
    expect(sayingOf(JSON.parse(JSON.stringify(problem)) as typeof problem)).toEqual({ key: 'own_role' });
  });

  it('is read from any answer of a server without harm', () => {
    const read = (details: unknown) => sayingOf({ code: 'invalid', message: '', details });
    for (const details of [undefined, null, [], 'says', { says: 7 }, { says: { values: {} } }, { says: { key: 1 } }])
      expect(read(details)).toBeUndefined();
    let deep: unknown = { key: 'end' };
    for (let level = 0; level < 50; level += 1) deep = { key: 'part', values: { why: deep } };
    expect(JSON.stringify(read({ says: deep })).length).toBeLessThan(200);
    expect(read({ says: { key: 'a', values: { list: ['x', 1], bad: null, ok: 2 } } })).toEqual({
      key: 'a',
      values: { list: ['x'], ok: 2 },
    });
  });
});

describe('why a schema refuses a value', () => {
  it.each<[z.ZodType, unknown, string]>([
    [z.string(), undefined, 'it is missing'],
    [z.string(), 4, 'it must be a text'],
    [z.string().min(1), '', 'it cannot be empty'],
    [z.string().min(3), 'ab', 'it needs at least 3 characters'],
    [z.string().max(2), 'abc', 'it may have at most 2 characters'],
    [z.number(), 'x', 'it must be a number'],
    [z.int(), 1.5, 'it must be a whole number'],
    [z.number().min(2), 1, 'it must be at least 2'],
    [z.number().max(2), 3, 'it must be at most 2'],
    [z.number().gt(2), 2, 'it must be more than 2'],
    [z.number().lt(2), 2, 'it must be less than 2'],
    [z.number().multipleOf(5), 7, 'it must be a multiple of 5'],
    [z.boolean(), 'x', 'it must be yes or no'],
    [z.array(z.string()), 'x', 'it must be a list'],
    [z.array(z.string()).min(1), [], 'it needs at least 1 entries'],
    [z.array(z.string()).max(1), ['a', 'b'], 'it may have at most 1 entries'],
    [z.object({}), 'x', 'it must be an object'],
    [z.enum(['a', 'b']), 'c', 'it must be one of: a, b'],
    [z.email(), 'x', 'it is not an e-mail address'],
    [z.url(), 'x', 'it is not a web address'],
    [z.iso.datetime(), 'x', 'it is neither a day nor a time'],
    [z.string().regex(/^a$/), 'x', 'it does not have the form /^a$/'],
    [z.uuid(), 'x', 'it does not have the right form'],
    [z.union([z.string(), z.number()]), true, 'it does not have the right form'],
    [z.strictObject({}), { a: 1 }, 'these names are unknown here: a'],
    [z.string().refine(() => false, customIssue(saying('tag_missing'))), 'x', 'name at least one tag'],
    [z.string().refine(() => false, { message: 'only on Mondays' }), 'x', 'only on Mondays'],
  ])('%#: in words', (schema, given, words) => {
    expect(whyOf(schema, given)).toBe(words);
  });

  it('has an answer where nothing is known', () => {
    expect(englishOf(issueSaying(undefined))).toBe('unknown reason');
  });
});
