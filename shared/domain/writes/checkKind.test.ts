import { describe, expect, it } from 'vitest';
import { makeGrant, makePrincipal } from '#tests/support/sampleResource.ts';
import type { RecordEnvelope } from '../../records/envelope.ts';
import { approval } from '../../resources/runs/approval.ts';
import { rule } from '../../resources/automation/rule.ts';
import { decideWrite } from './decideWrite.ts';

const admin = makePrincipal([makeGrant(['*'])]);
const envelope = {
  tenantId: '',
  status: '',
  assignedTo: '',
  createdAt: '2026-01-01T00:00:00.000Z',
  createdBy: 'staff-1',
  updatedAt: '2026-01-01T00:00:00.000Z',
  updatedBy: 'staff-1',
  version: 1,
};
const makeRule = (body: object): RecordEnvelope => ({
  ...envelope,
  id: 'rule-1',
  kind: 'rule',
  body: JSON.parse(JSON.stringify(rule.body.parse({ name: 'Rule', ...body }))),
});
const saved = (body: object) =>
  decideWrite({ resource: rule, stored: undefined, doc: makeRule(body), principal: admin });
const mail = (template: string) => ({
  id: 'mail',
  name: 'Mail',
  type: 'email',
  to: '{{ event.data.email }}',
  subject: 'Hello',
  template,
});

describe('an active rule (D4)', () => {
  it('is refused with an error in it, with the path of what is wrong', () => {
    const cases: [object, string][] = [
      [{ trigger: { type: 'event', pattern: 'a..b' } }, 'body.trigger.pattern'],
      [{ trigger: { type: 'schedule', cron: '99 * * * *', timeZone: 'Europe/Paris' } }, 'body.trigger.cron'],
      [{ trigger: { type: 'schedule', cron: '0 7 * * *', timeZone: 'Mars/Base' } }, 'body.trigger.timeZone'],
      [{ trigger: { type: 'record', kind: 'spaceship', on: 'create' } }, 'body.trigger.kind'],
      [{ steps: [mail('{% if %}')] }, 'body.steps.0.template'],
      [
        {
          steps: [
            {
              id: 'a',
              name: 'A',
              type: 'action',
              action: 'update_status',
              settings: { kind: 'tenant', id: 'x', status: 'GONE' },
            },
          ],
        },
        'body.steps.0.settings.status',
      ],
      [
        {
          conditions: {
            type: 'group',
            match: 'and',
            conditions: [{ type: 'comparison', field: 'event.data.name', operator: 'matches', value: '(' }],
          },
        },
        'body.conditions.conditions.0.value',
      ],
    ];
    for (const [body, path] of cases) {
      expect(saved({ ...body, isActive: true })).toMatchObject({ ok: false, error: { code: 'invalid', path } });
      expect(saved({ ...body, isActive: false })).toMatchObject({ ok: true });
    }
  });

  it('is stored with warnings', () => {
    expect(
      saved({ trigger: { type: 'event', pattern: '**' }, steps: [mail('{{ nothing.here }}')], isActive: true }),
    ).toMatchObject({ ok: true });
  });
});

describe('an approval', () => {
  const pending: RecordEnvelope = {
    ...envelope,
    id: 'approval-1',
    kind: 'approval',
    tenantId: 'tenant-1',
    status: 'pending',
    body: JSON.parse(JSON.stringify(approval.body.parse({ question: 'Suspend?', permission: 'tenants.edit' }))),
  };
  const decide = (permissions: string[], tenants: '*' | string[] = '*') =>
    decideWrite({
      resource: approval,
      stored: pending,
      doc: { ...pending, status: 'approved', version: 2 },
      principal: makePrincipal([{ ...makeGrant(permissions), tenants }]),
    });

  it('is decided only by somebody who holds its own permission for its tenant (A2)', () => {
    const approver = ['approvals.approve', 'approvals.view_all', 'approvals.edit'];
    expect(decide(approver)).toMatchObject({
      ok: false,
      error: { code: 'forbidden', details: { permission: 'tenants.edit' } },
    });
    const both = [...approver, 'tenants.edit', 'tenants.view_all'];
    expect(decide(both)).toMatchObject({ ok: true, value: { record: { status: 'approved' } } });
    expect(decide(both, ['tenant-2'])).toMatchObject({ ok: false, error: { code: 'forbidden' } });
  });
});
