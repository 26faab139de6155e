import { describe, expect, it } from 'vitest';
import { rule } from '#shared/resources/automation/rule.ts';
import { choicesFor, writeOf } from './importChoices.ts';
import type { ImportPlan } from './ruleFile.ts';

const body = rule.body.parse({ name: 'Welcome', isActive: true });
const filed = { id: 'rule-1', tenantId: 'tenant-1', body };
const at = '2026-01-01T00:00:00.000Z';
const record = {
  id: 'rule-1',
  kind: 'rule',
  tenantId: 'tenant-1',
  status: '',
  assignedTo: '',
  createdAt: at,
  createdBy: 'a',
  updatedAt: at,
  updatedBy: 'a',
  version: 4,
  body,
};
const changed: ImportPlan = { does: 'change', filed, record };
const options = { keepSwitch: false, copyName: (name: string) => `${name} (copy)` };

describe('a rule that is taken in', () => {
  it('comes paused, unless the switch of the file is wanted', () => {
    expect(writeOf({ does: 'create', filed }, 'add', options)).toMatchObject({
      write: 'create',
      tenantId: 'tenant-1',
      body: { name: 'Welcome', isActive: false },
    });
    expect(writeOf(changed, 'overwrite', { ...options, keepSwitch: true })).toMatchObject({
      write: 'edit',
      id: 'rule-1',
      body: { isActive: true },
    });
  });

  it('stands beside the one that is here under another name, or is left out', () => {
    expect(writeOf(changed, 'copy', options)).toMatchObject({ write: 'create', name: 'Welcome (copy)' });
    expect(writeOf(changed, 'skip', options)).toBeUndefined();
  });

  it('is not written when it is here already, unless as a copy', () => {
    expect(choicesFor({ does: 'nothing', filed, record })).toEqual(['skip', 'copy']);
    expect(choicesFor(changed)[0]).toBe('overwrite');
  });
});
