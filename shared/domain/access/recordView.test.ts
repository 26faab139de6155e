import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#shared/kernel/json.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { makeGrant, makePrincipal } from '#tests/support/sampleResource.ts';
import type { Principal } from './principal.ts';
import { recordViewOf } from './recordView.ts';
import { systemRoles } from './systemRoles.ts';
import { seesMore } from './viewGrowth.ts';

const copyOf = (kind: string, body: JsonObject, tenantId = 't1'): RecordEnvelope => {
  const at = '2026-11-21T12:00:00.000Z';
  const made = { createdAt: at, createdBy: 'system', updatedAt: at, updatedBy: 'system', version: 1 };
  return { id: 'one', kind, tenantId, status: '', assignedTo: '', ...made, body };
};
const withRole = (key: string): Principal => {
  const role = systemRoles.find((one) => one.key === key);
  return makePrincipal([makeGrant([...(role?.permissions ?? [])], { fieldRules: [...(role?.fieldRules ?? [])] })]);
};
const lifecycle = (entityType: string, data: JsonObject) => copyOf('event', { source: 'lifecycle', entityType, data });
const runAbout = (entityType: string) =>
  copyOf('run', {
    entityType,
    variables: { entity: { email: 'ada@home.example' } },
    steps: [{ stepId: 's1', name: 'Mail', status: 'success', input: { to: 'ada@home.example' }, output: { ok: 1 } }],
  });

describe('what events of writes repeat under other names', () => {
  it('is for those who see every field of such records', () => {
    const joined = lifecycle('member', { userId: 'm1', email: 'ada@home.example' });
    const referred = lifecycle('referral', { commissionMinor: 900, email: 'bo@home.example' });
    const paid = lifecycle('payout', { recipientEmail: 'bo@home.example' });
    for (const one of [joined, referred, paid])
      expect(recordViewOf(withRole('viewer')).redact(one)).toEqual({ ...one, body: { ...one.body, data: {} } });
    const assignedOnly = makePrincipal([makeGrant(['members.view', 'events.view', 'events.view_all'])]);
    expect(recordViewOf(assignedOnly).redact(joined).body['data']).toEqual({});
    for (const one of [joined, referred, paid]) expect(recordViewOf(withRole('admin')).redact(one)).toBe(one);
  });

  it('stays where it is about no record of ours, or came from outside', () => {
    const order = lifecycle('order', { total: 1 });
    const outside = copyOf('event', { source: 'api', entityType: 'member', data: { note: 'sent' } });
    for (const one of [order, outside]) expect(recordViewOf(withRole('viewer')).redact(one)).toBe(one);
  });
});

describe('what runs made of a record', () => {
  it('is for those who see every field of it; the steps and how they ended are for all', () => {
    const [about, withheld] = [runAbout('member'), recordViewOf(withRole('viewer')).redact(runAbout('member'))];
    expect(withheld.body).toEqual({
      entityType: 'member',
      variables: {},
      steps: [{ stepId: 's1', name: 'Mail', status: 'success', withheld: true }],
    });
    expect(recordViewOf(withRole('admin')).redact(about)).toBe(about);
    expect(JSON.stringify(recordViewOf(withRole('reliability')).redact(runAbout('tenant')))).not.toContain('home');
    const plain = runAbout('');
    const [step] = plain.body['steps'] as JsonObject[];
    const schedule = { ...plain, body: { ...plain.body, steps: [{ ...step, about: [] }] } };
    expect(recordViewOf(withRole('viewer')).redact(schedule)).toBe(schedule);
  });

  it('comes into sight with the record, so the console asks for runs again', () => {
    const rules = [{ resource: 'members', field: 'email', access: 'hidden' as const }];
    const limited = makePrincipal([makeGrant(['*'], { fieldRules: rules })]);
    expect(seesMore(limited, makePrincipal([makeGrant(['*'])]), 'runs')).toBe(true);
  });
});
