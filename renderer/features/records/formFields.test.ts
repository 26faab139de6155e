import { describe, expect, it } from 'vitest';
import { makeGrant, makePrincipal } from '#tests/support/sampleResource.ts';
import { event } from '#shared/resources/events/event.ts';
import { tenant } from '#shared/resources/tenants/tenant.ts';
import { rule } from '#shared/resources/automation/rule.ts';
import { resources } from '#shared/resources/registry.ts';
import { blankRecord } from './blankRecord.ts';
import { formGroups } from './formFields.ts';

const everything = makePrincipal([makeGrant(['*'])]);
const record = (resource: (typeof resources)[number]) => blankRecord(resource, 'tenant-1', 'someone');
const fieldsOf = (...parameters: Parameters<typeof formGroups>) =>
  formGroups(...parameters).flatMap((group) => group.fields);

describe('the generated form', () => {
  it('shows every field of every kind once, without secrets', () => {
    for (const resource of resources) {
      const paths = fieldsOf(resource, record(resource), everything, 'edit').map((field) => field.path);
      const expected = Object.keys(resource.body.shape)
        .filter((name) => !resource.secretFields.includes(name))
        .map((name) => `body.${name}`);
      expect(paths.filter((path) => path !== 'assignedTo').sort()).toEqual(expected.sort());
    }
  });

  it('says why a field cannot be edited', () => {
    const lockOf = (path: string, ...parameters: Parameters<typeof formGroups>) =>
      fieldsOf(...parameters).find((field) => field.path === path)?.lock;
    expect(lockOf('body.name', rule, record(rule), everything, 'edit')).toBeUndefined();
    expect(lockOf('body.revision', rule, record(rule), everything, 'edit')).toBe('server_field');
    expect(lockOf('body.code', event, record(event), everything, 'edit')).toBe('server_kind');
    expect(lockOf('body.name', rule, record(rule), makePrincipal([]), 'edit')).toBe('no_edit');
    const reader = makePrincipal([
      makeGrant(['*'], { fieldRules: [{ resource: 'tenants', field: 'notes', access: 'read_only' }] }),
    ]);
    expect(lockOf('body.notes', tenant, record(tenant), reader, 'edit')).toBe('role');
  });

  it('leaves out what the role hides, and fields only the server fills in a new record', () => {
    const limited = makePrincipal([
      makeGrant(['*'], { fieldRules: [{ resource: 'tenants', field: 'notes', access: 'hidden' }] }),
    ]);
    const shown = fieldsOf(tenant, record(tenant), limited, 'edit').map((field) => field.path);
    expect(shown).not.toContain('body.notes');
    expect(shown).toContain('body.name');
    const fresh = fieldsOf(rule, record(rule), everything, 'create');
    expect(fresh.map((field) => field.path)).not.toContain('body.executionCount');
    expect(fresh.find((field) => field.path === 'body.name')?.required).toBe(true);
    expect(fresh.find((field) => field.path === 'body.description')?.required).toBe(false);
  });
});
