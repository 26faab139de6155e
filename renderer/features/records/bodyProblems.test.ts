import { describe, expect, it } from 'vitest';
import { flag } from '#shared/resources/health/flag.ts';
import { rule } from '#shared/resources/automation/rule.ts';
import { bodyProblems } from './bodyProblems.ts';

const words = { language: 'fr', required: 'Needed', pattern: (pattern: string) => `Form ${pattern}` };

describe('what is wrong with a body', () => {
  it('says that an empty field is needed and which form a code has', () => {
    const problems = bodyProblems(flag, { key: 'Not A Key', type: 'permanent' }, words);
    expect(problems.get('body.name')).toBe('Needed');
    expect(problems.get('body.key')).toContain('Form /^[a-z]');
    expect(problems.has('body.type')).toBe(false);
  });

  it('speaks the language for everything else and names the place inside a field', () => {
    const problems = bodyProblems(rule, { name: 'Rule', priority: 5000, trigger: { type: 'event' } }, words);
    expect(problems.get('body.priority')).toMatch(/^Trop grand/);
    expect(problems.get('body.trigger')).toMatch(/^pattern: /);
  });
});
