import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../kernel/json.ts';
import { committedPaths } from './commitments.ts';
import { eraseValues } from './eraseValues.ts';
import { hashOfEntry } from './sealedForm.ts';

const entry = {
  id: 'entry-1',
  tenantId: 'acme',
  body: {
    number: 1,
    at: '2026-11-21T10:00:00.000Z',
    actorId: 'staff-1',
    actorName: 'Ada Lovelace',
    session: 's',
    device: '',
    address: 'a1b2',
    appVersion: '',
    action: 'update',
    resource: 'tenant',
    resourceId: 'acme',
    resourceName: 'Acme',
    changes: [
      { path: 'body.name', old: 'Acne', new: 'Acme' },
      { path: 'body.note', new: null },
    ],
    reason: '',
    requestId: 'r',
    madeOfflineAt: '',
    durationMs: 0,
    format: 2,
    salt: 'AAAAAAAAAAAAAAAAAAAAAA',
    commitments: [],
    prevHash: '',
    hash: '',
  } as JsonObject,
};

describe('an entry', () => {
  it('C4: commits to what says something about people', () => {
    expect(committedPaths(entry.body)).toEqual([
      'actorName',
      'address',
      'changes.0.new',
      'changes.0.old',
      'changes.1.new',
      'resourceName',
    ]);
  });

  it('C2: has the hash that another implementation of the rules (Python) gave it', () => {
    expect(hashOfEntry(entry)).toBe('4244e14c0942f70f25fdc6c4fe079d0f97f08dd5f7e0d2d3ea05975e8a7c341a');
  });

  it('C5: keeps its hash when values are taken away, in whatever order', () => {
    const hash = hashOfEntry(entry);
    const paths = ['changes.0', 'actorName', 'resourceName', 'changes.1.new', 'address'];
    let body = entry.body;
    for (const path of paths) {
      body = eraseValues(body, [path]);
      expect(hashOfEntry({ ...entry, body })).toBe(hash);
    }
    expect(JSON.stringify(body)).not.toMatch(/Ada|Ac[mn]e|a1b2/);
    expect(body).toMatchObject({ salt: '', actorName: '', changes: [{ path: 'body.name' }, { path: 'body.note' }] });
    expect(eraseValues(entry.body, paths)).toEqual(body);
  });

  it('C5: does not take another value in place of one that went', () => {
    const body = eraseValues(entry.body, ['actorName']);
    expect(() => hashOfEntry({ ...entry, body: { ...body, actorName: 'Eve' } })).toThrow('actorName was taken away');
    expect(() => hashOfEntry({ ...entry, body: { ...body, address: 'ffff' } })).toThrow('address does not fit');
  });
});
