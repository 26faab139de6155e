import { describe, expect, it } from 'vitest';
import { makeGrant, makePrincipal } from '#tests/support/sampleResource.ts';
import type { JsonObject } from '../../kernel/json.ts';
import { auditEntry } from '../../resources/audit/auditEntry.ts';
import { requireResource } from '../../resources/registry.ts';
import { createChainVerifier } from '../audit/chainVerifier.ts';
import { openKeyRing } from '../audit/keyRing.ts';
import { hashOfEntry } from '../audit/sealedForm.ts';
import { checkRole } from '../writes/checkRole.ts';
import { permissionCatalogue } from './permissionCatalogue.ts';
import { recordViewOf } from './recordView.ts';

const at = '2026-01-01T00:00:00.000Z';
const recordOf = (kind: string, id: string, body: JsonObject) => ({
  id,
  kind,
  tenantId: 'acme',
  status: '',
  assignedTo: '',
  createdAt: at,
  createdBy: 'system',
  updatedAt: at,
  updatedBy: 'system',
  version: 1,
  body,
});
const hiding = (...fields: string[]) =>
  makePrincipal([
    makeGrant(['*'], { fieldRules: fields.map((field) => ({ resource: 'audit', field, access: 'hidden' as const })) }),
  ]);
const entries = () => {
  let prevHash = '';
  return [1, 2, 3].map((number) => {
    const body: JsonObject = auditEntry.body.parse({
      number,
      at,
      actorId: 'staff-1',
      actorName: 'Ada Lovelace',
      device: 'Laptop of Ada',
      address: '192.0.2.0/24',
      action: 'update',
      resource: 'tenant',
      resourceId: 'acme',
      resourceName: 'Acme',
      changes: [{ path: 'body.name', old: 'Acne', new: 'Acme' }],
      reason: 'misspelt',
      format: 2,
      salt: 'AAAAAAAAAAAAAAAAAAAAAA',
      prevHash,
    });
    prevHash = hashOfEntry({ id: `e-${number}`, tenantId: 'acme', body });
    return recordOf('auditEntry', `e-${number}`, { ...body, hash: prevHash });
  });
};
const every = Object.keys(auditEntry.body.shape);

describe('rules about fields of the audit log', () => {
  it.each([[['address']], [['hash', 'address', 'prevHash']], [['changes', 'reason']], [every]])(
    'C5: %j hidden leaves a replica that verifies',
    (fields) => {
      const view = recordViewOf(hiding(...fields));
      const shown = entries().map((entry) => view.redact(entry));
      const hash = String(entries()[2]?.body['hash']);
      const witnessed = { tenantId: 'acme', number: 3, hash, signedAt: at, keyId: '' };
      const ring = openKeyRing({ serverId: 'server-1', keys: [] });
      const verifier = createChainVerifier({ tenantId: 'acme', ring, witnessed });
      verifier.addMany(shown);
      expect(verifier.finish({ fromStart: true, toEnd: true })).toMatchObject({ entries: 3, findings: [] });
      expect(shown.map(({ body }) => Object.keys(body).sort())).toEqual(
        entries().map(({ body }) => Object.keys(body).sort()),
      );
      expect(JSON.stringify(shown).includes('192.0.2')).toBe(!fields.includes('address'));
    },
  );

  it('hide every value that the entry commits to, and nothing else', () => {
    const [entry] = entries();
    if (!entry) throw new Error('there is no entry');
    const { body } = recordViewOf(hiding(...every)).redact(entry);
    expect(JSON.stringify(body)).not.toMatch(/Ada|Ac[mn]e|192\.0|misspelt/);
    expect(body).toMatchObject({ number: 1, actorId: 'staff-1', action: 'update', hash: entry.body['hash'] });
    const untouched = recordViewOf(hiding('hash', 'number', 'salt')).redact(entry);
    expect(untouched).toBe(entry);
  });

  it('hide nothing of what proves the log, and of its rules what they say', () => {
    for (const kind of ['auditHead', 'auditKey', 'auditGap']) {
      const fields = Object.keys(requireResource(kind).body.shape);
      const record = recordOf(kind, kind, Object.fromEntries(fields.map((name) => [name, 'x'])));
      expect(recordViewOf(hiding(...fields)).redact(record)).toBe(record);
    }
    const hold = recordOf('legalHold', 'hold-1', { name: 'Lawsuit', reason: 'Counsel asked' });
    expect(recordViewOf(hiding('reason')).redact(hold).body).toEqual({ name: 'Lawsuit' });
  });

  it('are offered and taken for those values only', () => {
    const offered = permissionCatalogue.find((entry) => entry.resource === 'audit')?.fields ?? [];
    expect(offered.filter((one) => one.kind === 'auditEntry').map((one) => one.name)).toEqual(
      expect.arrayContaining(['actorName', 'address', 'device', 'reason', 'resourceName', 'changes']),
    );
    expect(offered.filter((one) => ['auditHead', 'auditKey', 'auditGap'].includes(one.kind))).toEqual([]);
    const role = (field: string) =>
      recordOf('role', 'role-1', {
        key: 'reader',
        name: 'Reader',
        permissions: ['audit.view'],
        fieldRules: [{ resource: 'audit', field, access: 'hidden' }],
      });
    const check = (field: string) =>
      checkRole({ stored: undefined, record: role(field) } as unknown as Parameters<typeof checkRole>[0]);
    expect(check('address')).toBeUndefined();
    for (const field of ['hash', 'prevHash', 'number', 'salt', 'signature', 'lastHash', 'publicKey'])
      expect(check(field)).toMatchObject({ code: 'invalid', path: 'body.fieldRules' });
  });
});
