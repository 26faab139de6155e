import { expect, it } from 'vitest';
import { classOfEntry, isUnderFloor } from './dataClasses.ts';

const classOf = (action: string, resource: string) => classOfEntry({ action, resource });

it('G3: taking the log out is evidence, looking at what guards access is about security, other views and exports are not', () => {
  expect(classOf('export', 'auditEntry')).toBe('evidence');
  expect(classOf('export', 'auditKey')).toBe('evidence');
  expect(classOf('view', 'staff')).toBe('security');
  expect(classOf('view', 'secret')).toBe('security');
  expect(classOf('update', 'legalHold')).toBe('security');
  expect(classOf('login', 'tenant')).toBe('security');
  expect(classOf('view', 'tenant')).toBe('views');
  expect(classOf('view', 'auditEntry')).toBe('views');
  expect(classOf('export', 'tenant')).toBe('exports');
  expect(classOf('import', 'member')).toBe('exports');
  expect(classOf('replay', 'event')).toBe('runs');
  expect(classOf('update', 'payout')).toBe('financial');
  expect(classOf('update', 'tenant')).toBe('changes');
  expect(classOf('retention', 'auditEntry')).toBe('evidence');
});

it('G3: both are kept for a year', () => {
  const now = Date.parse('2026-11-01T00:00:00.000Z');
  const young = { at: '2026-01-01T00:00:00.000Z' };
  expect(isUnderFloor({ action: 'export', resource: 'auditEntry', ...young }, now)).toBe(true);
  expect(isUnderFloor({ action: 'view', resource: 'role', ...young }, now)).toBe(true);
  expect(isUnderFloor({ action: 'view', resource: 'tenant', ...young }, now)).toBe(false);
  const old = { at: '2025-10-01T00:00:00.000Z' };
  expect(isUnderFloor({ action: 'export', resource: 'auditEntry', ...old }, now)).toBe(false);
});
