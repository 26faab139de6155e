import { describe, expect, it } from 'vitest';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import type { RecordList, RecordQuery } from '../replicaApi.ts';
import { createNameLookup } from './nameLookup.ts';

function makeTenant(id: string, name: string): RecordEnvelope {
  const at = '2026-03-01T00:00:00.000Z';
  return {
    id,
    kind: 'tenant',
    tenantId: id,
    status: 'ACTIVE',
    assignedTo: '',
    createdAt: at,
    createdBy: '',
    updatedAt: at,
    updatedBy: '',
    version: 1,
    body: { name, slug: id.toLowerCase(), ownerEmail: 'owner@example.com' },
  };
}

/** A replica that holds tenants, answers when it is told to, and knows who observes what. */
function makeReplica(tenants: Map<string, string>) {
  const open = new Map<RecordQuery, (list: RecordList) => void>();
  let opened = 0;
  return {
    observed: () => [...open.keys()].map((query) => query.filters?.[0]?.value),
    opened: () => opened,
    answer: () => {
      for (const [{ filters }, listener] of open) {
        const ids = filters?.[0]?.value;
        const rows = [...tenants]
          .filter(([id]) => Array.isArray(ids) && ids.includes(id))
          .map(([id, name]) => ({ record: makeTenant(id, name), badge: 'synced' as const }));
        listener({ rows, count: rows.length, total: tenants.size, state: 'ready' });
      }
    },
    observeList: (query: RecordQuery, listener: (list: RecordList) => void) => {
      opened += 1;
      open.set(query, listener);
      return () => void open.delete(query);
    },
  };
}

function makeLookup(tenants: Record<string, string>) {
  const held = new Map(Object.entries(tenants));
  const replica = makeReplica(held);
  let waiting: (() => void)[] = [];
  const lookup = createNameLookup(replica, (work) => waiting.push(work));
  const settle = () => {
    const now = waiting;
    waiting = [];
    for (const work of now) work();
  };
  return { held, replica, lookup, settle };
}

describe('names looked up while rendering', () => {
  it('what is asked together is read together, and nobody is told before it is there', () => {
    const { replica, lookup, settle } = makeLookup({ a: 'Aurora', b: 'Boreal' });
    let told = 0;
    lookup.ask('tenant', 'a');
    lookup.subscribe(() => (told += 1));
    lookup.ask('tenant', 'b');
    lookup.ask('tenant', 'a');
    expect(replica.observed()).toEqual([]);
    settle();
    expect(replica.observed()).toEqual([['a', 'b']]);
    expect(told).toBe(0);
    replica.answer();
    expect([...lookup.names()]).toEqual([
      ['tenant/a', 'Aurora'],
      ['tenant/b', 'Boreal'],
    ]);
    expect(told).toBe(1);
  });

  it('asking again while rendering what arrived starts nothing and tells nobody: rendering comes to rest', () => {
    const { replica, lookup, settle } = makeLookup({ a: 'Aurora' });
    let told = 0;
    lookup.subscribe(() => {
      told += 1;
      for (const id of ['a', 'gone']) lookup.ask('tenant', id);
    });
    for (const id of ['a', 'gone']) lookup.ask('tenant', id);
    settle();
    replica.answer();
    settle();
    replica.answer();
    expect(told).toBe(1);
    expect(replica.opened()).toBe(1);
    expect(lookup.names().has('tenant/gone')).toBe(false);
  });

  it('follows a name that changes, a record that arrives and one that goes', () => {
    const { held, replica, lookup, settle } = makeLookup({ a: 'Aurora', b: 'Boreal' });
    lookup.subscribe(() => undefined);
    for (const id of ['a', 'b', 'c']) lookup.ask('tenant', id);
    settle();
    replica.answer();
    held.set('a', 'Aurora Ltd').set('c', 'Cirrus').delete('b');
    replica.answer();
    expect(Object.fromEntries(lookup.names())).toEqual({ 'tenant/a': 'Aurora Ltd', 'tenant/c': 'Cirrus' });
  });

  it('asked for before anybody listens, names are read once somebody does', () => {
    const { replica, lookup, settle } = makeLookup({ a: 'Aurora' });
    lookup.ask('tenant', 'a');
    settle();
    expect(replica.observed()).toEqual([]);
    lookup.subscribe(() => undefined);
    settle();
    expect(replica.observed()).toEqual([['a']]);
  });

  it('the last listener drops everything; whoever renders with the old names finds new ones', () => {
    const { replica, lookup, settle } = makeLookup({ a: 'Aurora' });
    const stop = lookup.subscribe(() => undefined);
    lookup.ask('tenant', 'a');
    settle();
    replica.answer();
    const before = lookup.names();
    stop();
    expect(replica.observed()).toEqual([]);
    expect(lookup.names()).not.toBe(before);
    lookup.subscribe(() => undefined);
    lookup.ask('tenant', 'a');
    settle();
    expect(replica.observed()).toEqual([['a']]);
  });

  it('scrolling past many leaves few observations, none of them large', () => {
    const { replica, lookup, settle } = makeLookup({});
    lookup.subscribe(() => undefined);
    for (let index = 0; index < 20_000; index++) {
      lookup.ask('tenant', `t${index}`);
      if (index % 7 === 0) settle();
    }
    settle();
    const sizes = replica.observed().map((ids) => (Array.isArray(ids) ? ids.length : 0));
    expect(sizes.length).toBeLessThanOrEqual(12);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(500);
    expect(replica.observed().at(-1)).toContain('t19999');
  });

  it('a kind that nobody described is not asked for', () => {
    const { replica, lookup, settle } = makeLookup({});
    lookup.subscribe(() => undefined);
    lookup.ask('plugin', 'x');
    settle();
    expect(replica.opened()).toBe(0);
  });
});
