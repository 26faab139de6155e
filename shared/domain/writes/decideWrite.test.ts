import { describe, expect, it } from 'vitest';
import { makeGrant, makePrincipal, makeTicket, ticket } from '#tests/support/sampleResource.ts';
import { tombstoneOf } from '#shared/records/envelope.ts';
import type { RecordState } from '#shared/records/envelope.ts';
import { decideWrite } from './decideWrite.ts';

const admin = makePrincipal([makeGrant(['*'])]);
const stored = makeTicket({ body: { secret: 'hush', count: 7 } });
const decide = (
  doc: RecordState,
  options: { stored?: RecordState | undefined; principal?: typeof admin; reason?: string } = {},
) =>
  decideWrite({
    resource: ticket,
    stored: 'stored' in options ? options.stored : stored,
    doc,
    principal: options.principal ?? admin,
    ...(options.reason ? { reason: options.reason } : {}),
  });

describe('decideWrite', () => {
  it('stores an edit exactly as the console wrote it when nothing is hidden or owned by the server', () => {
    const plain = makeTicket();
    const doc = makeTicket({ version: 2, body: { title: 'New' } });
    const { secret: _, ...visible } = doc.body;
    expect(decide(doc, { stored: plain })).toEqual({
      ok: true,
      value: { outcome: 'write', record: doc },
    });
    expect(decide({ ...doc, body: visible }, { stored: plain })).toMatchObject({
      ok: true,
      value: { outcome: 'write' },
    });
  });

  it('keeps secret and server-owned fields whatever the console sent', () => {
    const result = decide(makeTicket({ version: 2, body: { title: 'New', secret: 'guess', count: 1000 } }));
    expect(result).toMatchObject({
      ok: true,
      value: { record: { version: 2, body: { secret: 'hush', count: 7, title: 'New' } } },
    });
  });

  it('a retry of what is stored already changes nothing', () => {
    expect(decide({ ...stored, version: 2, updatedAt: '2026-02-02T00:00:00.000Z' })).toEqual({
      ok: true,
      value: { outcome: 'unchanged', record: stored },
    });
  });

  it('says which field is wrong', () => {
    expect(decide(makeTicket({ version: 2, body: { title: '' } }))).toMatchObject({
      ok: false,
      error: { code: 'invalid', path: 'body.title' },
    });
  });

  it('refuses a move that the states do not have, with the allowed ones', () => {
    const held = makeTicket({ status: 'held' });
    expect(decide(makeTicket({ status: 'closed', version: 2 }), { stored: held })).toMatchObject({
      ok: false,
      error: { code: 'invalid_transition', details: { allowed: ['open'] } },
    });
    expect(
      decide(makeTicket({ status: 'closed', version: 2 }), {
        stored: makeTicket({ status: 'paid' }),
      }),
    ).toMatchObject({ error: { code: 'invalid_transition' } });
  });

  it('asks for a reason where the move needs one', () => {
    expect(decide({ ...stored, status: 'held', version: 2 })).toMatchObject({
      error: { code: 'invalid', path: 'reason' },
    });
    expect(decide({ ...stored, status: 'held', version: 2 }, { reason: 'Waits for the bank' })).toMatchObject({
      ok: true,
    });
  });

  it('lets a person with only the permission of a move make that move and nothing else', () => {
    const approver = makePrincipal([
      makeGrant(['payouts.approve', 'payouts.view_all', 'tasks.view', 'tasks.view_all']),
    ]);
    expect(decide({ ...stored, status: 'paid', version: 2 }, { principal: approver })).toMatchObject({ ok: true });
    const sly = {
      ...stored,
      status: 'paid',
      version: 2,
      body: { ...stored.body, amount: 1_000_000 },
    };
    expect(decide(sly, { principal: approver })).toMatchObject({ error: { code: 'forbidden' } });
  });

  it('answers an unknown id and a forbidden one alike', () => {
    const nobody = makePrincipal([]);
    const missing = decide(makeTicket({ version: 2 }), { stored: undefined, principal: nobody });
    expect(missing).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    expect(decide(makeTicket({ version: 2, body: { title: 'x' } }), { principal: nobody })).toMatchObject({
      ok: false,
      error: { code: 'forbidden' },
    });
  });

  it('refuses a change of a field that the role only shows', () => {
    const reader = makePrincipal([
      makeGrant(['*'], {
        fieldRules: [{ resource: 'tasks', field: 'amount', access: 'read_only' }],
      }),
    ]);
    expect(decide(makeTicket({ version: 2, body: { amount: 6 } }), { principal: reader })).toMatchObject({
      error: { code: 'forbidden', path: 'body.amount' },
    });
  });

  it('refuses another tenant, a deleted record, and a new record in a later state', () => {
    expect(decide(makeTicket({ tenantId: 'tenant-2', version: 2 }))).toMatchObject({
      error: { code: 'invalid', path: 'tenantId' },
    });
    expect(decide(makeTicket({ version: 3, body: { title: 'x' } }), { stored: tombstoneOf(stored, 2) })).toMatchObject({
      error: { code: 'gone' },
    });
    expect(decide(makeTicket({ status: 'paid' }), { stored: undefined })).toMatchObject({
      error: { code: 'invalid_transition' },
    });
  });

  it('deletes once', () => {
    expect(decide(tombstoneOf(stored, 2))).toMatchObject({
      value: { outcome: 'write', record: { version: 2, _deleted: true } },
    });
    expect(decide(tombstoneOf(stored, 2), { stored: tombstoneOf(stored, 2) })).toMatchObject({
      value: { outcome: 'unchanged' },
    });
  });
});
