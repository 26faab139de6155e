import { decideAccess, explainAccess } from '#shared/domain/access/decideAccess.ts';
import { allPermissions } from '#shared/domain/access/permissionCatalogue.ts';
import type { Grant, Principal } from '#shared/domain/access/principal.ts';
import { recordViewOf } from '#shared/domain/access/recordView.ts';
import { simulateRoleChange } from '#shared/domain/access/simulateRoleChange.ts';
import { systemRoles } from '#shared/domain/access/systemRoles.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import { createUuidV7Source } from '#shared/kernel/uuidV7.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { createSeededRandom } from '#server/features/demo/seededRandom.ts';
import { createAccessWatch } from '#server/rights.ts';
import { openSqliteStore } from '#server/storage/sqlite/openSqliteStore.ts';
import { createSyncCore } from '#server/sync/syncCore.ts';
import { percentile } from './measure.ts';
import type { Measure } from './measure.ts';

const checks = 200_000;
const heads = 100_000;
const rounds = 9;
const tenants = 500;

/** What asking for permission costs: one decision, one explanation, a scan, a push that is counted, a simulation. */
export async function benchAccess(): Promise<Measure[]> {
  return [...decisions(), scan('support', 'owned'), scan('viewer', 'all'), ...(await pushes()), simulation()];
}

function decisions(): Measure[] {
  const [one, seven] = [person('viewer'), person(...systemRoles.slice(1).map((role) => role.key))];
  const target = { tenantId: 'tenant-7', createdBy: 'somebody', assignedTo: '' };
  const ask = (principal: Principal, decide: typeof decideAccess | typeof explainAccess) => (): void => {
    for (let count = 0; count < checks; count += 1)
      decide(principal, allPermissions[count % allPermissions.length] ?? '', target);
  };
  return [
    measure('permission check, one role', 'µs', checks, ask(one, decideAccess)),
    measure('permission check, seven roles', 'µs', checks, ask(seven, decideAccess)),
    measure('permission check explained, seven roles', 'µs', checks, ask(seven, explainAccess)),
  ];
}

function scan(role: string, what: string): Measure {
  const kinds = ['tenant', 'member', 'event', 'run', 'task'];
  const records = Array.from({ length: heads }, (_, index) => ({
    id: `record-${index}`,
    kind: kinds[index % kinds.length] ?? '',
    tenantId: `tenant-${(index * 7) % tenants}`,
    createdBy: index % 50 === 0 ? 'person' : 'somebody',
    assignedTo: '',
  }));
  const work = () => {
    const { sees } = recordViewOf(person(role));
    for (const record of records) sees(record);
  };
  return measure(`visibility of ${heads} records, ${role} (${what})`, 'ms', 1, work);
}

/** Rows per second with and without counting how rights are used. */
async function pushes(): Promise<Measure[]> {
  const found: Measure[] = [];
  for (const counted of [false, true]) {
    const clock = () => Date.now();
    const store = openSqliteStore(':memory:', clock);
    const ids = createUuidV7Source(clock, createSeededRandom(3).bytes);
    const watch = createAccessWatch(store, clock);
    const core = createSyncCore({ store, clock, ids, ...(counted ? { recorder: watch.recorder } : {}) });
    const operator = person('operations');
    const rates: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const rows = Array.from({ length: 500 }, () => ({ baseVersion: 0, doc: task(ids()) }));
      const began = performance.now();
      await core.push(operator, 'bench', { collection: 'runs', pushId: ids(), rows });
      rates.push((rows.length / (performance.now() - began)) * 1000);
    }
    const name = `tasks pushed${counted ? ', uses of rights counted' : ''}`;
    found.push({ name, unit: 'rows/s', value: percentile(rates, 0.5), n: rounds });
    await store.close();
  }
  return found;
}

function simulation(): Measure {
  const roles = systemRoles.map((role) => {
    const rights = { permissions: [...role.permissions], fieldRules: role.fieldRules.map((rule) => ({ ...rule })) };
    return record('role', role.key, { key: role.key, name: role.name, ...rights });
  });
  const staff = Array.from({ length: 100 }, (_, index) => {
    const held = [{ id: 'operations', roleId: 'operations' }];
    const body = { email: `${index}@steward.example`, displayName: `Person ${index}`, roles: held };
    return record('staff', `person-${index}`, body, 'active');
  });
  const uses = Array.from({ length: 100_000 }, (_, index) => ({
    staffId: `person-${index % 100}`,
    permission: allPermissions[(index * 7) % allPermissions.length] ?? '',
    tenantId: `tenant-${(index * 13) % tenants}`,
    own: index % 3 === 0,
    day: `2026-11-0${1 + (index % 9)}`,
    allowed: 3,
    denied: 1,
  }));
  const after = { permissions: ['tasks.*', 'tenants.view'], tenants: [], fieldRules: [] };
  const work = () => {
    simulateRoleChange({ roles, staff, change: { roleId: 'operations', after }, uses, now: Date.now() });
  };
  return measure('changed role simulated, 100 people and 100,000 recorded uses', 'ms', 1, work);
}

/** Median over rounds of the time of one of `count` acts. */
function measure(name: string, unit: 'µs' | 'ms', count: number, work: () => void): Measure {
  const times = Array.from({ length: rounds }, () => {
    const began = performance.now();
    work();
    return ((performance.now() - began) / count) * (unit === 'µs' ? 1000 : 1);
  });
  return { name, unit, value: percentile(times, 0.5), n: rounds };
}

function person(...keys: string[]): Principal {
  const grants = systemRoles.flatMap((role): Grant[] =>
    keys.includes(role.key)
      ? [{ role: role.key, permissions: [...role.permissions], tenants: '*', fieldRules: [...role.fieldRules] }]
      : [],
  );
  return { id: 'person', name: 'Person', grants, assignedTenants: ['tenant-1', 'tenant-2'] };
}

function task(id: string): RecordEnvelope {
  return record('task', id, { title: 'Call back' }, 'open');
}

function record(kind: string, id: string, body: JsonObject, status = ''): RecordEnvelope {
  const at = '2026-11-21T00:00:00.000Z';
  const made = { createdAt: at, createdBy: 'person', updatedAt: at, updatedBy: 'person', version: 1 };
  return { id, kind, tenantId: '', status, assignedTo: '', ...made, body };
}
