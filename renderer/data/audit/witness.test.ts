import { ed25519 } from '@noble/curves/ed25519.js';
import { beforeEach, describe, expect, it } from 'vitest';
import { toBase64Url } from '#shared/kernel/base64Url.ts';
import type { Json, JsonObject } from '#shared/kernel/json.ts';
import { keyIdOf } from '#shared/domain/audit/keyRing.ts';
import { headStatement } from '#shared/domain/audit/statements.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import type { ListRequest } from '#shared/replica/listRequest.ts';
import type { LocalData } from '../storage/localData.ts';
import { openWitness } from './witness.ts';
import type { Witness } from './witness.ts';

const serverId = 'server-1';
const secret = new Uint8Array(32).fill(7);
const publicKey = ed25519.getPublicKey(secret);
const keyId = keyIdOf(publicKey);
const keyBody = {
  keyId,
  publicKey: toBase64Url(publicKey),
  madeAt: '2026-03-01T00:00:00.000Z',
  retiredAt: '',
  endorsedBy: '',
  endorsement: '',
};
const hash = (letter: string) => letter.repeat(64);

function record(kind: string, id: string, tenantId: string, body: JsonObject): RecordEnvelope {
  const made = { createdAt: '', createdBy: 'system', updatedAt: '', updatedBy: 'system', version: 1 };
  return { id, kind, tenantId, status: '', assignedTo: '', ...made, body };
}

function head(tenantId: string, number: number, letter: string): RecordEnvelope {
  const said = {
    number,
    hash: hash(letter),
    signedAt: `2026-03-02T00:00:${String(number % 60).padStart(2, '0')}.000Z`,
    keyId,
  };
  const signature = ed25519.sign(new TextEncoder().encode(headStatement({ serverId, tenantId }, said)), secret);
  return record('auditHead', `head-${tenantId}`, tenantId, { ...said, signature: toBase64Url(signature) });
}

const entry = (tenantId: string, number: number, letter: string) =>
  record('auditEntry', `entry-${tenantId}-${number}`, tenantId, { number, hash: hash(letter), actorName: 'Ada' });

/** A replica in memory: records by id, facts by name, and the timer that the witness asked for. */
function openReplica() {
  const records = new Map<string, RecordEnvelope>();
  const facts = new Map<string, Json>();
  const timers: (() => void)[] = [];
  const listeners = new Set<Parameters<LocalData['onWritten']>[0]>();
  const fits =
    ({ kind, conditions }: ListRequest) =>
    (one: RecordEnvelope) =>
      one.kind === kind &&
      conditions.every(({ path, operator, value }) => {
        const held = path === 'tenantId' ? one.tenantId : one.body[path.slice('body.'.length)];
        return operator === 'is_empty' ? held === '' : held === value;
      });
  const store = {
    getFact: (name: string) => Promise.resolve(facts.get(name)),
    putFact: (name: string, value: Json) => Promise.resolve(void facts.set(name, structuredClone(value))),
    lists: {
      page: ({ list }: { list: ListRequest }) =>
        Promise.resolve({
          documents: [...records.values()].filter(fits(list)).map((one) => ({ record: one, pending: null })),
          first: null,
          last: null,
        }),
    },
  };
  const data = {
    store,
    onWritten: (listener: Parameters<LocalData['onWritten']>[0]) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  } as unknown as LocalData;
  let witness: Witness;
  const settle = async () => {
    for (let turn = timers.shift(); turn; turn = timers.shift()) {
      turn();
      for (let wait = 0; wait < 50; wait += 1) await Promise.resolve();
    }
  };
  return {
    facts,
    open: async () => {
      timers.length = 0;
      witness = await openWitness({
        data,
        serverId: () => serverId,
        isFetching: () => false,
        clock: () => Date.parse('2026-03-03T00:00:00.000Z'),
        schedule: (_milliseconds, work) => {
          timers.push(work);
          return () => undefined;
        },
      });
      await settle();
      return witness;
    },
    receive: async (...received: RecordEnvelope[]) => {
      for (const one of received) records.set(one.id, one);
      for (const listener of listeners)
        listener(
          'access',
          received.map((one) => ({ record: one, pending: null })),
        );
      await settle();
    },
    settle,
  };
}

describe('W1: a console that has seen the end of a chain', () => {
  let replica: ReturnType<typeof openReplica>;
  let witness: Witness;
  beforeEach(async () => {
    replica = openReplica();
    witness = await replica.open();
    await replica.receive(record('auditKey', 'key-1', '', keyBody), entry('acme', 5, 'a'), head('acme', 5, 'a'));
  });
  const refused = () =>
    witness.state().refusals.map(({ tenantId, finding }) => `${tenantId} ${finding.kind} ${finding.number}`);
  const seen = () => witness.state().heads['acme']?.map(({ number }) => number);

  it('keeps every newer one it accepts, also over a restart', async () => {
    await replica.receive(entry('acme', 8, 'b'), head('acme', 8, 'b'));
    expect(seen()).toEqual([5, 8]);
    witness.close();
    witness = await replica.open();
    expect(seen()).toEqual([5, 8]);
    expect(refused()).toEqual([]);
  });

  it('refuses a lower number and keeps what it had', async () => {
    await replica.receive(head('acme', 4, 'c'));
    expect(refused()).toEqual(['acme truncated 4']);
    expect(seen()).toEqual([5]);
  });

  it('refuses another hash under the same number', async () => {
    await replica.receive(head('acme', 5, 'c'));
    expect(refused()).toEqual(['acme forked 5']);
  });

  it('refuses a longer chain in which the number it knows has another hash', async () => {
    await replica.receive(entry('acme', 5, 'd'), entry('acme', 9, 'e'), head('acme', 9, 'e'));
    expect(refused()).toEqual(['acme forked 5']);
    expect(seen()).toEqual([5]);
    expect(JSON.stringify(replica.facts.get('auditWitness'))).not.toContain('Ada');
  });

  it('tells the same once, however often it comes', async () => {
    await replica.receive(head('acme', 4, 'c'));
    await replica.receive(head('acme', 3, 'c'));
    expect(refused()).toHaveLength(1);
  });

  it('refuses a signature that is not right', async () => {
    const forged = head('acme', 9, 'e');
    await replica.receive({ ...forged, body: { ...forged.body, number: 10 } });
    expect(refused()).toEqual(['acme bad_signature 10']);
  });

  it('trusts the server again when a person says so, and remembers that it did not', async () => {
    await replica.receive(head('acme', 4, 'c'));
    await witness.settle('acme');
    await replica.settle();
    expect(seen()).toEqual([4]);
    expect(witness.state().refusals.map(({ settledAt }) => settledAt !== '')).toEqual([true]);
  });
});
