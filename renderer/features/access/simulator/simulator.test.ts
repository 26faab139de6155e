import { describe, expect, it } from 'vitest';
import type { AccessUse } from '#shared/domain/access/accessTypes.ts';
import { success } from '#shared/kernel/result.ts';
import { daysOf, fetchUses } from './accessUses.ts';
import { simulateWithProgress } from './roleSimulation.ts';
import type { SimulationMessage } from './roleSimulation.ts';
import { simulationCsv } from './simulationCsv.ts';

const envelope = {
  tenantId: '',
  assignedTo: '',
  version: 1,
  createdAt: '2026-01-01T00:00:00.000Z',
  createdBy: 'system',
  updatedAt: '2026-01-01T00:00:00.000Z',
  updatedBy: 'system',
};
const role = {
  ...envelope,
  id: 'role-1',
  kind: 'role',
  status: '',
  body: {
    key: 'desk',
    name: 'Desk',
    description: '',
    isSystem: false,
    permissions: ['tenants.view', 'tenants.view_all', 'tenants.edit'],
    tenants: [],
    fieldRules: [],
  },
};
const person = {
  ...envelope,
  id: 'staff-1',
  kind: 'staff',
  status: 'active',
  body: {
    email: 'ada@steward.example',
    displayName: '=Ada',
    roles: [{ id: 'role-1', roleId: 'role-1', expiresAt: '', reason: '' }],
    tenants: [],
    locale: 'en',
    notificationPreferences: {},
  },
};
const use = (part: Partial<AccessUse>): AccessUse => ({
  staffId: 'staff-1',
  permission: 'tenants.edit',
  tenantId: 'tenant-1',
  own: false,
  day: '2026-11-20',
  allowed: 3,
  denied: 0,
  ...part,
});
const ask = {
  roles: [role],
  staff: [person],
  change: {
    roleId: 'role-1',
    after: { permissions: ['tenants.view', 'tenants.view_all'], tenants: [], fieldRules: [] },
  },
  now: Date.parse('2026-11-21T00:00:00.000Z'),
};

describe('the simulator of roles', () => {
  it('says how far it is, then who would lose what', () => {
    const heard: SimulationMessage[] = [];
    const uses = Array.from({ length: 12_000 }, () => use({}));
    simulateWithProgress({ ...ask, uses }, (message) => heard.push(message));
    expect(heard.map((message) => message.type)).toEqual(['progress', 'progress', 'progress', 'done']);
    const last = heard.at(-1);
    if (last?.type !== 'done') throw new Error('the simulation did not end well');
    expect(last.simulation.people[0]?.refused).toEqual([
      { permission: 'tenants.edit', count: 36_000, lastDay: '2026-11-20', tenants: ['tenant-1'] },
    ]);
  });

  it('is a table without formulas', () => {
    const heard: SimulationMessage[] = [];
    simulateWithProgress({ ...ask, uses: [use({})] }, (message) => heard.push(message));
    const last = heard.at(-1);
    if (last?.type !== 'done') throw new Error('the simulation did not end well');
    const lines = simulationCsv(last.simulation, (id) => `+${id}`).split('\r\n');
    expect(lines[1]).toBe("'=Ada,staff-1,refused,tenants.edit,3,2026-11-20,'+tenant-1");
    expect(lines[2]).toBe("'=Ada,staff-1,lost,tenants.edit,,,");
  });

  it('fetches page after page until there is none, and can be stopped', async () => {
    const paths: string[] = [];
    const server = {
      call: (_method: string, path: string) => {
        paths.push(path);
        const answer = path.includes('before=b1')
          ? { uses: [{ ...use({ day: '2026-11-18' }) }], before: null }
          : { uses: [{ ...use({}) }], before: 'b1' };
        return Promise.resolve(success(answer));
      },
    };
    const counts: number[] = [];
    const outcome = await fetchUses(server, (count) => counts.push(count), new AbortController().signal);
    if (outcome === 'stopped' || !outcome.ok) throw new Error('the uses were not fetched');
    expect(counts).toEqual([1, 2]);
    expect(daysOf(outcome.value)).toEqual({ first: '2026-11-18', last: '2026-11-20' });
    expect(paths).toEqual(['/v1/access-uses?limit=20000', '/v1/access-uses?limit=20000&before=b1']);
    const controller = new AbortController();
    controller.abort();
    expect(await fetchUses(server, () => undefined, controller.signal)).toBe('stopped');
    expect(daysOf([])).toBeUndefined();
  });
});
