import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ComplianceCheck } from '#shared/protocol/privacy.ts';
import { createNetworks, normalNetwork, saltArea } from '#server/features/privacy/networks.ts';
import { runComplianceChecks } from '#server/features/privacy/complianceChecks.ts';
import { remindOfDeadlines } from '#server/features/privacy/deadlines.ts';
import { holdsRawAddress } from '#server/features/privacy/rawAddresses.ts';
import { seedDemo } from '#server/commands/seedDemo.ts';
import { openSqliteStore } from '#server/storage/sqlite/openSqliteStore.ts';
import { createSyncCore } from '#server/sync/syncCore.ts';
import { ids } from '#tests/support/privacyOffice.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

const hour = 3_600_000;
const start = Date.parse('2026-11-21T10:00:00.000Z');
const folder = temporaryFolder('networks');
const onFault = (what: string, error: unknown) => {
  throw new Error(what, { cause: error });
};

describe('what stands for a network address', () => {
  it('is the same within a day, over a restart too, and another the next day', async () => {
    let now = start;
    const clock = () => now;
    const open = async () => {
      const store = openSqliteStore(join(folder, 'salts'), clock);
      const networks = createNetworks({ store, clock, onFault });
      await networks.load();
      return { store, networkOf: networks.networkOf };
    };
    const first = await open();
    const name = first.networkOf('203.0.113.77');
    expect(name).toMatch(/^net-2026-11-21-[0-9a-f]{12}$/);
    expect(first.networkOf('::ffff:203.0.113.77')).toBe(name);
    expect(first.networkOf('203.0.113.78')).not.toBe(name);
    expect(first.networkOf('not an address')).toBe('');
    await first.store.close();
    now += 13 * hour;
    const second = await open();
    expect(second.networkOf('203.0.113.77')).toBe(name);
    now += 2 * hour;
    const next = second.networkOf('203.0.113.77');
    expect(next).toMatch(/^net-2026-11-22-[0-9a-f]{12}$/);
    expect(next.slice(-12)).not.toBe(name.slice(-12));
    // The store does one thing after another, so this sees what the new day wrote.
    await second.store.transaction(async () => undefined);
    const kept = await second.store.allEntries(undefined, 100);
    expect(kept.map(({ area, key }) => `${area} ${key}`)).toEqual([`${saltArea} 2026-11-22`]);
    await second.store.close();
    const other = openSqliteStore(':memory:', clock);
    const foreign = createNetworks({ store: other, clock, onFault });
    await foreign.load();
    expect(foreign.networkOf('203.0.113.77')).not.toBe(next);
    await other.close();
  });

  it.each([
    ['203.0.113.77', '203.0.113.77'],
    ['::ffff:203.0.113.77', '203.0.113.77'],
    ['::FFFF:cb00:714d', '203.0.113.77'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['[2001:DB8:1:2::6]', '2001:db8:1:2::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['localhost', ''],
    ['1.2.3', ''],
    ['', ''],
  ])('%s is %s', (address, network) => expect(normalNetwork(address)).toBe(network));
});

describe('raw addresses', () => {
  it.each([
    'from 203.0.113.77.',
    '{"ip":"203.0.113.77"}',
    'x=2001:db8::77;',
    '[2001:db8:1:2:3:4:5:6]:443',
    '::ffff:203.0.113.77',
  ])('found in %s', (text) => expect(holdsRawAddress(text)).toBe(true));
  it.each([
    'net-2026-11-21-3fa91c04be77',
    '2026-11-21T10:45:00.000Z',
    'at 10:45:00',
    'version 1.2.3',
    '127.0.0.1:8080',
    '::1',
    '1.2.3.4.5',
    'member:019b59b1-918b-74ca-b253-c149e5f6ef7f',
    'urn:uuid:f81d4fae',
  ])('not in %s', (text) => expect(holdsRawAddress(text)).toBe(false));
});

describe('the checks of everything that is kept', () => {
  it('find what was planted and say where; demo data has no addresses; who is told of a deadline is told once', async () => {
    let now = Date.now();
    const clock = () => now;
    const data = join(folder, 'checks');
    const store = openSqliteStore(data, clock);
    const sizes = { tenants: 4, rules: 4, events: 40, auditEntries: 40, referrals: 20, clicks: 40, anomalies: 5 };
    await seedDemo(store, sizes, clock, ids);
    const check = async () => {
      const { checks } = await runComplianceChecks({ store, clock, folder: data, isExposed: async () => false });
      return (name: ComplianceCheck) => checks.find((one) => one.check === name)?.findings ?? [];
    };
    expect((await check())('raw_addresses')).toEqual([]);

    const core = createSyncCore({ store, clock, ids });
    const task = (await store.recordsOfKind('task'))[0];
    if (!task || !('body' in task)) throw new Error('the demo data has no task');
    await core.write(1, async (batch) => {
      batch.append({
        ...task,
        id: 'task-planted',
        body: { ...task.body, description: 'Came from 203.0.113.77 twice' },
      });
      batch.putEntry('anyArea', 'entry-planted', { seen: ['2001:db8::77'] });
      batch.putEntry(saltArea, '2020-01-01', 'kept far too long');
      batch.enqueue('anyJob', { from: '203.0.113.78' }, { id: 'job-planted', dueAt: now + hour });
    });
    writeFileSync(join(data, 'server.log'), 'one\n{"remoteAddress":"203.0.113.79"}\n');
    const found = await check();
    expect(found('raw_addresses').map(({ kind, id, path }) => `${kind} ${id} ${path}`)).toEqual([
      'task task-planted body.description',
      'private:anyArea entry-planted seen.0',
      'private:jobs job-planted from',
      'file server.log 2',
    ]);
    expect(JSON.stringify(found('raw_addresses'))).not.toContain('203.0.113');
    expect(found('old_salts').map(({ id }) => id)).toEqual(['2020-01-01']);
    expect(found('overdue_requests')).toHaveLength(1);
    expect(found('unsigned_heads').length).toBeGreaterThan(0);

    const keepers = async () => [
      { id: 'keeper-1', locale: 'en' },
      { id: 'keeper-2', locale: 'ar' },
    ];
    const sources = { store, write: core.write, clock };
    const told = await remindOfDeadlines(sources, keepers);
    expect(told).toBe(4);
    expect(await remindOfDeadlines(sources, keepers)).toBe(0);
    now += 30 * 24 * hour;
    expect(await remindOfDeadlines(sources, keepers)).toBeGreaterThan(0);
    await core.drain();
    await store.close();
  });
});
