import { describe, expect, it } from 'vitest';
import type { ScopeVariable } from './scopeVariables.ts';
import { templateMarks } from './templateLint.ts';

const variable = (path: string, type: ScopeVariable['type'] = 'text'): ScopeVariable => ({
  path,
  type,
  description: '',
});
const variables = [variable('event.data.name'), variable('tenant.body.name'), variable('steps.a.output', 'any')];

describe('a template as it is written', () => {
  it('marks names that do not exist, where they stand in the code', () => {
    const source =
      'event.data.nme: {{ event.data.nme | upcase }} {{ event.data.name }} {{ tenant.name }} {{ steps.a.output.id }}';
    expect(templateMarks(source, variables)).toEqual([{ from: 19, to: 33, kind: 'unknown', text: 'event.data.nme' }]);
  });

  it('marks what cannot be read, on its line', () => {
    const source = 'Hello\n{% if event.data.name %} there';
    const [mark] = templateMarks(source, variables);
    expect(mark?.kind).toBe('error');
    expect(source.slice(mark?.from).startsWith('{%')).toBe(true);
  });

  it('says nothing about plain text', () => {
    expect(templateMarks('Hello event.nothing', variables)).toEqual([]);
  });
});
