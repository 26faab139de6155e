import { describe, expect, it } from 'vitest';
import type { ChainEntry } from '#shared/domain/audit/auditTypes.ts';
import { eraseValues } from '#shared/domain/audit/eraseValues.ts';
import type { KeyEvidence } from '#shared/domain/audit/statements.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import { endOf, sampleHead, sampleKey, sealAfter } from '#tests/support/sampleChains.ts';
import type { SampleChain } from '#tests/support/sampleChains.ts';
import { markerTamperings } from '#tests/support/markerTamperings.ts';
import { flipSomewhere, seededRandom } from '#tests/support/tamper.ts';
import type { Random } from '#tests/support/tamper.ts';
import {
  changedAt,
  first,
  keys,
  numberAt,
  other,
  resealed,
  second,
  shortened,
  startOf,
  thin,
  verify,
  whole,
  withEntries,
} from '#tests/support/tamperedChains.ts';
import type { Tampered, World } from '#tests/support/tamperedChains.ts';

const tamperings: Record<string, (world: World, random: Random) => Tampered> = {
  'a value of an entry changes': (world, random) => {
    const index = random.below(world.chain.entries.length);
    const entries = changedAt(world.chain.entries, index, (entry) => flipSomewhere(entry, random) as ChainEntry);
    return {
      world: withEntries(world, entries),
      expected: { kinds: ['altered', 'foreign', 'missing'], number: numberAt(world.chain, index) },
    };
  },
  'an entry loses or gains a member': (world, random) => {
    const index = random.below(world.chain.entries.length);
    const entries = changedAt(world.chain.entries, index, ({ body, ...rest }) => {
      const names = Object.keys(body).filter((name) => body[name] !== '' && name !== 'commitments' && name !== 'salt');
      const { [random.pick(names)]: _gone, ...less } = body;
      return { ...rest, body: random.below(2) === 0 ? less : { ...body, note: 'x' } };
    });
    return {
      world: withEntries(world, entries),
      expected: { kinds: ['altered'], number: numberAt(world.chain, index) },
    };
  },
  'an entry goes': (world, random) => {
    const index = random.below(world.chain.entries.length);
    const isLast = index === world.chain.entries.length - 1;
    return {
      world: withEntries(world, world.chain.entries.toSpliced(index, 1)),
      expected: { kinds: [isLast ? 'truncated' : 'missing'], number: numberAt(world.chain, index) },
    };
  },
  'an entry comes twice': (world, random) => {
    const index = random.below(world.chain.entries.length);
    const entry = world.chain.entries[index] as ChainEntry;
    return {
      world: withEntries(world, world.chain.entries.toSpliced(index, 0, entry)),
      expected: { kinds: ['inserted'], number: numberAt(world.chain, index) },
    };
  },
  'an entry is made up and put in': (world, random) => {
    const { entries } = world.chain;
    const index = random.below(entries.length);
    const model = entries[index] as ChainEntry;
    const made = sealAfter(
      {
        ...model,
        id: 'made-up',
        body: { ...model.body, salt: 'BBBBBBBBBBBBBBBBBBBBBB', commitments: [], reason: 'made up' },
      },
      endOf(entries.slice(0, index), startOf(world.chain)),
    );
    const spliced = entries.toSpliced(index, 0, made);
    return {
      world: withEntries(world, spliced),
      expected: { kinds: ['inserted', 'forked'], number: numberAt(world.chain, index) },
    };
  },
  'two entries change places': (world, random) => {
    const { entries } = world.chain;
    const left = random.below(entries.length - 1);
    const right = left + 1 + random.below(entries.length - left - 1);
    const swapped = changedAt(
      changedAt(entries, left, () => entries[right] as ChainEntry),
      right,
      () => entries[left] as ChainEntry,
    );
    return {
      world: withEntries(world, swapped),
      expected: { kinds: ['reordered', 'missing'], number: numberAt(world.chain, left) },
    };
  },
  'the end goes': (world, random) => {
    const from = random.below(world.chain.entries.length);
    return {
      world: withEntries(world, world.chain.entries.slice(0, from)),
      expected: { kinds: ['truncated'], number: numberAt(world.chain, from) },
    };
  },
  'entries of another chain stand in': (world, random) => {
    const index = random.below(world.chain.entries.length);
    const many = 1 + random.below(3);
    const foreign = other.entries
      .filter(({ body }) => Number(body['number']) >= numberAt(world.chain, index))
      .slice(0, many);
    return {
      world: withEntries(world, world.chain.entries.toSpliced(index, foreign.length, ...foreign)),
      expected: { kinds: ['foreign'], number: numberAt(world.chain, index) },
    };
  },
  'entries of a later part stand in': (world, random) => {
    const { entries } = world.chain;
    const index = random.below(entries.length - 2);
    const later = entries.slice(index + 1 + random.below(entries.length - index - 2));
    return {
      world: withEntries(world, [...entries.slice(0, index), ...later]),
      expected: { kinds: ['missing'], number: numberAt(world.chain, index) },
    };
  },
  'everything from a place on is written anew': (world, random) => {
    const { entries } = world.chain;
    const index = random.below(entries.length);
    const seen = random.below(entries.length);
    const changed = changedAt(entries, index, (entry) => ({ ...entry, body: { ...entry.body, action: 'delete' } }));
    const anew = resealed(changed, index, startOf(world.chain));
    const end = endOf(entries);
    const claim =
      numberAt(world.chain, seen) >= numberAt(world.chain, index) ? numberAt(world.chain, seen) : end.number;
    const witnessed = {
      tenantId: world.chain.tenantId,
      number: numberAt(world.chain, seen),
      hash: String(entries[seen]?.body['hash']),
      signedAt: '',
      keyId: '',
    };
    return { world: { ...withEntries(world, anew), witnessed }, expected: { kinds: ['forked'], number: claim } };
  },
  'two entries change their salts': (world, random) => {
    const { entries } = world.chain;
    const salted = entries.map((_, index) => index).filter((index) => entries[index]?.body['salt'] !== '');
    const left = random.below(salted.length - 1);
    const right = left + 1 + random.below(salted.length - left - 1);
    const [a, b] = [salted[left] as number, salted[right] as number];
    const saltOf = (index: number) => entries[index]?.body['salt'] ?? '';
    const swapped = changedAt(
      changedAt(entries, a, (entry) => ({ ...entry, body: { ...entry.body, salt: saltOf(b) } })),
      b,
      (entry) => ({ ...entry, body: { ...entry.body, salt: saltOf(a) } }),
    );
    return { world: withEntries(world, swapped), expected: { kinds: ['altered'], number: numberAt(world.chain, a) } };
  },
  'a commitment is forged': (world, random) => {
    const { entries } = world.chain;
    const index = random.below(entries.length);
    const forged = changedAt(entries, index, (entry) => {
      const written = entry.body['salt'] === '' ? entry.body : eraseValues(entry.body, ['resourceName']);
      const list = written['commitments'] as JsonObject[];
      const at = random.below(list.length);
      const one = list[at] as JsonObject;
      const forgeries: JsonObject[][] = [
        list.toSpliced(at, 1),
        list.toSpliced(at, 1, { ...one, hash: 'f'.repeat(64) }),
        list.toSpliced(at, 1, { ...one, salt: 'f'.repeat(32) }),
        list.toSpliced(at, 1, { ...one, note: 'x' }),
        [...list, { path: 'reason', hash: 'f'.repeat(64) }],
      ];
      const restored = { ...written, resourceName: 'Somebody else' };
      return { ...entry, body: random.below(6) === 0 ? restored : { ...written, commitments: random.pick(forgeries) } };
    });
    return {
      world: withEntries(world, forged),
      expected: { kinds: ['altered'], number: numberAt(world.chain, index) },
    };
  },
  'the head changes': (world, random) => {
    const [head] = world.chain.heads;
    const changed = flipSomewhere(head, random) as SampleChain['heads'][number];
    return {
      world: { ...world, chain: { ...world.chain, heads: [changed] } },
      expected: { kinds: ['bad_signature', 'unknown_key'], number: Math.max(0, changed.number) },
    };
  },
  'the head is from another chain': (world) => ({
    world: { ...world, chain: { ...world.chain, heads: other.heads } },
    expected: { kinds: ['bad_signature'], number: other.heads[0]?.number ?? 0 },
  }),
  'an old head comes back': (world, random) => {
    const index = random.below(world.chain.entries.length - 1);
    const kept = world.chain.entries.slice(0, index + 1);
    const end = endOf(world.chain.entries);
    return {
      world: {
        ...withEntries(world, kept),
        chain: { ...world.chain, entries: kept, heads: [sampleHead(second, world.chain.tenantId, endOf(kept), 190)] },
        witnessed: { tenantId: world.chain.tenantId, ...end, signedAt: '', keyId: '' },
      },
      expected: { kinds: ['truncated'], number: numberAt(world.chain, index) + 1 },
    };
  },
  'a retired key signs': (world) => ({
    world: {
      ...world,
      chain: { ...world.chain, heads: [sampleHead(first, world.chain.tenantId, endOf(world.chain.entries), 200)] },
    },
    expected: { kinds: ['retired_key'], number: endOf(world.chain.entries).number },
  }),
  'a gap changes': (world, random) => {
    const chain = shortened;
    const index = random.below(chain.gaps.length);
    const changed = flipSomewhere(chain.gaps[index], random) as SampleChain['gaps'][number];
    return {
      world: { ...world, chain: { ...chain, gaps: chain.gaps.toSpliced(index, 1, changed) } },
      expected: {
        kinds: ['bad_signature', 'unknown_key', 'missing'],
        number: Math.min(Math.max(0, changed.first), chain.gaps[index]?.first ?? 0),
      },
    };
  },
  'a gap goes': (world, random) => {
    const index = random.below(shortened.gaps.length);
    return {
      world: { ...world, chain: { ...shortened, gaps: shortened.gaps.toSpliced(index, 1) } },
      expected: { kinds: ['missing'], number: shortened.gaps[index]?.first ?? 0 },
    };
  },
  'a key changes': (world, random) => {
    const index = random.below(keys.length);
    const changed = flipSomewhere(world.keys[index], random) as KeyEvidence;
    return {
      world: { ...world, keys: world.keys.toSpliced(index, 1, changed) },
      expected: { kinds: ['bad_signature', 'unknown_key', 'retired_key'], number: 0 },
    };
  },
  'a key goes': (world, random) => ({
    world: { ...world, keys: world.keys.toSpliced(random.below(2), 1) },
    expected: { kinds: ['unknown_key'], number: 0 },
  }),
  'a key of somebody else is put in': (world, random) => {
    const mine = random.below(2) === 0 ? stranger : impostor;
    return {
      world: { ...world, keys: [...world.keys, mine.evidence] },
      expected: { kinds: ['bad_signature', 'forked'], number: 0 },
    };
  },
};
const stranger = sampleKey('stranger', 0);
const impostor = sampleKey('impostor', 120, { ...stranger, evidence: { ...first.evidence } });

describe('tampering', () => {
  it.each([
    ['whole', whole],
    ['behind two gaps', shortened],
    ['without the content of some entries', thin.chain],
  ])(
    'is not reported of a chain that is %s, with values erased and withheld and a key that was replaced',
    (_name, chain) => {
      expect(verify({ keys, chain })).toEqual([]);
    },
  );

  it('is found where it was done, 10,000 times', () => {
    const all = { ...tamperings, ...markerTamperings };
    const names = Object.keys(all);
    const seed = 20261121;
    const random = seededRandom(seed);
    const counts = new Map<string, number>();
    for (let turn = 0; turn < 10_000; turn++) {
      const name = names[turn % names.length] as string;
      const untouched = { keys, chain: random.below(2) === 0 ? whole : shortened };
      const tampered = all[name]?.(untouched, random) as Tampered;
      const found = verify(tampered.world)[0];
      const { kinds, number } = tampered.expected;
      if (!found || !kinds.includes(found.kind) || found.number !== number)
        throw new Error(
          `seed ${seed}, turn ${turn}: '${name}' ought to be ${kinds.join(' or ')} at ${number}, was ${JSON.stringify(found)} in ${JSON.stringify(tampered.world)}`,
        );
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    expect(Math.min(...counts.values())).toBeGreaterThan(300);
  }, 120_000);
});
