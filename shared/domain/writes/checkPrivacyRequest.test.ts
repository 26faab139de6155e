import { describe, expect, it } from 'vitest';
import { makeGrant, makePrincipal } from '#tests/support/sampleResource.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { RecordEnvelope } from '../../records/envelope.ts';
import { privacyRequest } from '../../resources/access/privacyRequest.ts';
import { decideWrite } from './decideWrite.ts';

const at = '2026-01-01T00:00:00.000Z';
const body = { type: 'erase', subjectEmail: 'zoe@planted.example', receivedAt: at, dueAt: at };
const request = (status: string, changes: JsonObject = {}): RecordEnvelope => ({
  id: 'request-1',
  kind: 'privacyRequest',
  tenantId: '',
  status,
  assignedTo: '',
  createdAt: at,
  createdBy: 'person-1',
  updatedAt: at,
  updatedBy: 'person-1',
  version: 1,
  body: JSON.parse(JSON.stringify(privacyRequest.body.parse({ ...body, ...changes }))) as JsonObject,
});
const write = (stored: RecordEnvelope | undefined, doc: RecordEnvelope) =>
  decideWrite({
    resource: privacyRequest,
    stored,
    doc,
    principal: makePrincipal([makeGrant(['*'])]),
    reason: 'Said so',
  });

describe('a request about a person', () => {
  it.each(['tenant:t-1', 'role:r-1', 'legalHold:h-1', 'auditKey:k-1', 'member:', 'somebody', ':x'])(
    'does not name %s as the person',
    (named) => {
      const refused = { ok: false, error: { code: 'invalid', path: 'body.subjectRecords' } };
      expect(write(undefined, request('received', { subjectRecords: [named] }))).toMatchObject(refused);
      expect(write(request('failed'), request('failed', { subjectRecords: ['member:m-1', named] }))).toMatchObject(
        refused,
      );
    },
  );

  it('names staff and members', () => {
    const named = request('received', { subjectRecords: ['member:m-1', 'staff:s-1'] });
    expect(write(undefined, named)).toMatchObject({ ok: true });
    expect(write(request('received'), named)).toMatchObject({ ok: true });
  });

  it.each(['approved', 'running', 'done', 'refused'])('stays what it is and about whom once it is %s', (status) => {
    const changes: JsonObject[] = [
      { type: 'export' },
      { subjectEmail: 'other@planted.example' },
      { subjectName: 'Other' },
      { subjectRecords: ['member:m-2'] },
    ];
    for (const change of changes)
      expect(write(request(status), request(status, change))).toMatchObject({
        ok: false,
        error: { code: 'invalid', path: `body.${Object.keys(change)[0] ?? ''}` },
      });
    expect(write(request(status), request(status, { note: 'Called back' }))).toMatchObject({ ok: true });
  });

  it.each(['received', 'failed'])('can be corrected while it is %s', (status) => {
    const corrected = { type: 'anonymise', subjectEmail: 'other@planted.example' };
    expect(write(request(status), request(status, corrected))).toMatchObject({ ok: true });
  });
});
