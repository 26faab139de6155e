import { expect, it } from 'vitest';
import { deepestNesting, isNestedTooDeep } from './nesting.ts';

const nested = (levels: number) => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`) as unknown;

it.each([
  ['a text', 'text', false],
  ['nothing', null, false],
  ['the deepest that is allowed', nested(deepestNesting), false],
  ['one level more', nested(deepestNesting + 1), true],
  ['one level more beside flat fields', { flat: 1, list: [nested(deepestNesting - 1)] }, true],
  ['what no recursion survives', nested(1_000_000), true],
])('%s', (_name, value, tooDeep) => {
  expect(isNestedTooDeep(value)).toBe(tooDeep);
});
