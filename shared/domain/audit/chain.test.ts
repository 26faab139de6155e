import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../kernel/canonicalJson.ts';
import type { JsonObject } from '../../kernel/json.ts';
import { createChainVerifier } from './chainVerifier.ts';
import { committedPaths } from './commitments.ts';
import { eraseValues } from './eraseValues.ts';
import { openKeyRing } from './keyRing.ts';
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

describe('a chain', () => {
  const ring = openKeyRing({ serverId: 'server-1', keys: [] });
  const verify = (entries: readonly unknown[], claim = { fromStart: true, toEnd: true }) => {
    const verifier = createChainVerifier({ tenantId: 'acme', ring });
    verifier.addMany(entries);
    return verifier.finish(claim);
  };
  const { format: _format, salt: _salt, commitments: _commitments, hash: _hash, ...plain } = entry.body;
  const hashOne = createHash('sha256').update(canonicalJson(plain)).digest('hex');
  const second = { ...entry.body, number: 2, prevHash: hashOne };
  /** As a console keeps them: with the defaults of fields that came later. */
  const old = { ...entry, body: { ...plain, format: 1, salt: '', commitments: [], hash: hashOne } };
  const next = {
    ...entry,
    id: 'entry-2',
    body: { ...second, hash: hashOfEntry({ ...entry, id: 'entry-2', body: second }) },
  };

  it('C6: goes on from entries of the first format', () => {
    expect(verify([old, next])).toMatchObject({ entries: 2, endsAt: 2, endHash: next.body.hash, findings: [] });
    const changed = { ...old, body: { ...old.body, actorName: 'Eve' } };
    expect(verify([changed, next]).findings).toMatchObject([{ kind: 'altered', number: 1 }]);
    const relabelled = { ...next, body: { ...next.body, format: 1, salt: '' } };
    expect(verify([old, relabelled]).findings).toMatchObject([{ kind: 'altered', number: 2 }]);
    expect(verify([old, { ...next, body: { ...next.body, format: 3 } }]).findings).toMatchObject([{ kind: 'altered' }]);
  });

  it('V3: that is known from the middle on is verified from there, unless it ought to be whole', () => {
    expect(verify([next], { fromStart: false, toEnd: true })).toMatchObject({ beginsAt: 2, endsAt: 2, findings: [] });
    expect(verify([next]).findings).toMatchObject([{ kind: 'missing', number: 1 }]);
  });

  it('V1: takes whatever it is given', () => {
    const deep = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`) as unknown;
    const rubbish = [
      null,
      1,
      'x',
      [],
      {},
      { id: 'a', tenantId: 'acme', body: null },
      { id: 'a', tenantId: 'acme', body: { number: '1', hash: '', prevHash: '' } },
      { ...next, body: { ...next.body, commitments: 'x' } },
      { ...next, body: { ...next.body, salt: '', commitments: [{ path: '__proto__.x', hash: 'y' }] } },
      { ...next, body: { ...next.body, changes: deep } },
      { ...next, body: { ...next.body, reason: '\ud800' } },
      { ...next, body: { ...next.body, number: Number.MAX_SAFE_INTEGER } },
    ];
    for (const given of rubbish) {
      const report = verify([old, given]);
      expect(report.findings[0]).toMatchObject({ tenantId: 'acme', number: 2 });
    }
  });
});
