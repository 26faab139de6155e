import { describe, expect, it } from 'vitest';
import { rule } from '#shared/resources/automation/rule.ts';
import type { Rule } from '#shared/resources/automation/rule.ts';
import { asJsonObject } from '#renderer/data/automation/asJsonObject.ts';
import { planImport, readRuleFile, writeRuleFile } from './ruleFile.ts';

const instant = '2026-01-01T00:00:00.000Z';
const make = (id: string, name: string, tenantId = ''): Rule => ({
  id,
  kind: 'rule',
  tenantId,
  status: '',
  assignedTo: '',
  createdAt: instant,
  createdBy: 'a',
  updatedAt: instant,
  updatedBy: 'a',
  version: 1,
  body: rule.body.parse({ name, trigger: { type: 'event', pattern: 'user.*' }, executionCount: 12, revision: 3 }),
});

describe('rules in a file', () => {
  it('come back as they were written, without what the server counts', () => {
    const [welcome, goodbye] = [make('1', 'Welcome'), make('2', 'Goodbye', 'tenant-1')];
    const text = writeRuleFile([welcome, goodbye].map((one) => ({ ...one, body: asJsonObject(one.body) })));
    expect(text).not.toContain('executionCount');
    const read = readRuleFile(text);
    if (!read.ok) throw new Error(read.error);
    expect(read.value.faults).toEqual([]);
    expect(read.value.rules.map((one) => [one.id, one.tenantId, one.body.name])).toEqual([
      ['1', '', 'Welcome'],
      ['2', 'tenant-1', 'Goodbye'],
    ]);
    expect(planImport(read.value.rules[0]!, [welcome, goodbye]).does).toBe('nothing');
  });

  it('name the fault of one rule and keep the others', () => {
    const file = {
      format: 'steward.rules',
      version: 1,
      rules: [{ body: { name: 'Good' } }, { body: { name: 'Bad', trigger: { type: 'event', pattern: '' } } }],
    };
    const read = readRuleFile(JSON.stringify(file));
    if (!read.ok) throw new Error(read.error);
    expect(read.value.rules).toHaveLength(1);
    expect(read.value.faults).toMatchObject([{ place: 2, name: 'Bad', path: 'trigger.pattern' }]);
    const french = readRuleFile(JSON.stringify(file), 'fr');
    expect(french.ok && french.value.faults[0]?.message).toContain('Trop petit');
  });

  it('are refused as a whole when it is another file', () => {
    expect(readRuleFile('not json')).toEqual({ ok: false, error: 'not_json' });
    expect(readRuleFile('{"rules":[]}')).toEqual({ ok: false, error: 'not_rules' });
  });

  it('change the rule of their id, else of their name in the same tenant, else are new', () => {
    const here = [make('1', 'Welcome'), make('2', 'Goodbye', 'tenant-1')];
    const filed = (id: string, tenantId: string, name: string) => ({
      id,
      tenantId,
      body: { ...make(id, name).body, description: 'changed' },
    });
    expect(planImport(filed('1', '', 'Renamed'), here)).toMatchObject({ does: 'change', record: { id: '1' } });
    expect(planImport(filed('', 'tenant-1', 'Goodbye'), here)).toMatchObject({ does: 'change', record: { id: '2' } });
    expect(planImport(filed('9', '', 'Goodbye'), here).does).toBe('create');
  });
});
