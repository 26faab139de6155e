import { describe, expect, it } from 'vitest';
import type { AuditCrypto } from '#shared/domain/audit/auditCrypto.ts';
import type { ChainEntry, Finding, WitnessedHead } from '#shared/domain/audit/auditTypes.ts';
import { createChainVerifier } from '#shared/domain/audit/chainVerifier.ts';
import { committedPaths } from '#shared/domain/audit/commitments.ts';
import { eraseValues } from '#shared/domain/audit/eraseValues.ts';
import { openKeyRing } from '#shared/domain/audit/keyRing.ts';
import type { KeyEvidence, ThinningEvidence } from '#shared/domain/audit/statements.ts';
import { thinnedBody } from '#shared/domain/audit/thinnedEntry.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import { serverCrypto } from '#server/sync/serverCrypto.ts';
import {
  endOf,
  sampleEntries,
  sampleGap,
  sampleHead,
  sampleKey,
  sampleServer,
  sampleThinning,
  sealAfter,
} from '#tests/support/sampleChains.ts';
import type { SampleChain } from '#tests/support/sampleChains.ts';
import { flipSomewhere, seededRandom } from '#tests/support/tamper.ts';
import type { Random } from '#tests/support/tamper.ts';

interface World {
  keys: KeyEvidence[];
  chain: SampleChain;
  witnessed?: WitnessedHead;
}
/** What must be found first; kinds that could be said of it, and the number at which it shows. */
interface Expected {
  kinds: readonly Finding['kind'][];
  number: number;
}
interface Tampered {
  world: World;
  expected: Expected;
}

const length = 11;
const first = sampleKey('first', 0);
const second = sampleKey('second', 100, first);
const keys = [first.evidence, second.evidence];
const verdicts = new Map<string, boolean>();
/** Signatures are the dear part, and nearly all of them are the same ones again. */
const crypto: AuditCrypto = {
  ...serverCrypto,
  verify: (signature, text, publicKey) => {
    const key = `${Buffer.from(signature).toString('hex')} ${text} ${Buffer.from(publicKey).toString('hex')}`;
    const verdict = verdicts.get(key) ?? serverCrypto.verify(signature, text, publicKey);
    verdicts.set(key, verdict);
    return verdict;
  },
};

const entriesOf = (tenantId: string) =>
  sampleEntries(tenantId, length).map((entry, index) => {
    if (index % 5 === 3) return { ...entry, body: eraseValues(entry.body, committedPaths(entry.body)) };
    if (index % 5 === 4) return { ...entry, body: eraseValues(entry.body, ['changes', 'actorName']) };
    return entry;
  });
const whole = chainOf('acme', 0);
const shortened = chainOf('acme', 4);
const other = chainOf('globex', 0);

function chainOf(tenantId: string, removed: number): SampleChain {
  const all = entriesOf(tenantId);
  const half = removed / 2;
  return {
    tenantId,
    gaps:
      removed === 0
        ? []
        : [
            sampleGap(first, tenantId, all.slice(0, half), 50),
            sampleGap(second, tenantId, all.slice(half, removed), 150),
          ],
    heads: [sampleHead(second, tenantId, endOf(all), 200)],
    entries: all.slice(removed),
  };
}

/** Places of entries whose content a rule removed. */
const thinPlaces = [2, 3, 4, 7, 9];
const thin = thinned('acme', 150);
const { marker } = thin;
const otherMarker = thinned('globex', 150).marker;

function thinned(tenantId: string, minute: number): { chain: SampleChain; marker: ThinningEvidence } {
  const made = sampleThinning(second, tenantId, entriesOf(tenantId), thinPlaces, minute);
  return { chain: { ...chainOf(tenantId, 0), gaps: [made.marker], entries: made.entries }, marker: made.marker };
}
const thinnedAs = (entry: ChainEntry, mark: string, thread: string): ChainEntry => ({
  ...entry,
  body: thinnedBody(entry, { mark, thread }, serverCrypto).body,
});
const sealAt = (place: number) =>
  String(((thin.chain.entries[place] as ChainEntry).body['thinned'] as JsonObject)['seal']);

function verify({ keys: given, chain, witnessed }: World): readonly Finding[] {
  const ring = openKeyRing({ serverId: sampleServer, keys: given }, crypto);
  const verifier = createChainVerifier({ ...chain, ring, witnessed }, crypto);
  verifier.addMany(chain.entries);
  return [...ring.findings, ...verifier.finish({ fromStart: true, toEnd: true }).findings];
}

/** A number of the chain that is there: its entry's place in the list. */
const numberAt = (chain: SampleChain, index: number) => Number(chain.entries[index]?.body['number']);
const withEntries = (world: World, entries: ChainEntry[]): World => ({ ...world, chain: { ...world.chain, entries } });
const changedAt = (entries: readonly ChainEntry[], index: number, change: (entry: ChainEntry) => ChainEntry) =>
  entries.map((entry, at) => (at === index ? change(entry) : entry));
/** Everything from this place on sealed again, as somebody with the store but without the key could. */
const resealed = (entries: readonly ChainEntry[], from: number, start: { number: number; hash: string }) => {
  const done = entries.slice(0, from);
  for (const { id, tenantId, body } of entries.slice(from)) {
    const salted = body['salt'] === '' ? { ...body, salt: 'AAAAAAAAAAAAAAAAAAAAAA', commitments: [] } : body;
    done.push(sealAfter({ id, tenantId, body: salted }, endOf(done, start)));
  }
  return done;
};
const startOf = ({ gaps }: SampleChain) => {
  const last = gaps.at(-1);
  return last && 'lastHash' in last ? { number: last.last, hash: last.lastHash } : { number: 0, hash: '' };
};

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
  'a marker changes': (world, random) => {
    const changed = flipSomewhere(marker, random) as ThinningEvidence;
    return {
      world: { ...world, chain: { ...thin.chain, gaps: [changed] } },
      expected: {
        kinds: ['bad_signature', 'unknown_key', 'uncovered'],
        number: Math.min(Math.max(0, changed.first), marker.first),
      },
    };
  },
  'a marker covers more, or less, than was signed': (world, random) => {
    const [first, last] = [marker.first - random.below(2), marker.last + random.below(3) - 1];
    const changed =
      first === marker.first && last === marker.last ? { ...marker, count: 9 } : { ...marker, first, last };
    return {
      world: { ...world, chain: { ...thin.chain, gaps: [changed] } },
      expected: { kinds: ['bad_signature', 'uncovered'], number: first },
    };
  },
  'an older marker comes back': (world, random) => {
    const count = 1 + random.below(thinPlaces.length - 1);
    const older = sampleThinning(second, 'acme', entriesOf('acme'), thinPlaces.slice(0, count), 150).marker;
    return {
      world: { ...world, chain: { ...thin.chain, gaps: [older] } },
      expected: { kinds: ['uncovered'], number: (thinPlaces[count] as number) + 1 },
    };
  },
  'the marker of another chain stands in': (world) => ({
    world: { ...world, chain: { ...thin.chain, gaps: [otherMarker] } },
    expected: { kinds: ['bad_signature', 'uncovered'], number: marker.first },
  }),
  'content is removed without a marker': (world, random) => {
    const index = random.below(world.chain.entries.length);
    const entries = changedAt(world.chain.entries, index, (entry) => thinnedAs(entry, 'none', ''));
    return {
      world: withEntries(world, entries),
      expected: { kinds: ['uncovered'], number: numberAt(world.chain, index) },
    };
  },
  'content is removed under a marker that covers others': (world, random) => {
    const whole = thin.chain.entries.map((_, index) => index).filter((index) => !thinPlaces.includes(index));
    const index = random.pick(whole);
    const before = thinPlaces.findLast((place) => place < index);
    const next = thinPlaces.find((place) => place > index);
    const thread = before === undefined ? '' : sealAt(before);
    const entries = changedAt(thin.chain.entries, index, (entry) => thinnedAs(entry, marker.mark, thread));
    const kinds = ['altered', 'uncovered'] as const;
    const outside = before === undefined || next === undefined;
    return {
      world: { ...world, chain: { ...thin.chain, entries } },
      expected: { kinds, number: (outside ? index : next) + 1 },
    };
  },
  'what stays of a thinned entry changes': (world, random) => {
    const index = random.pick(thinPlaces);
    const entries = changedAt(thin.chain.entries, index, (entry) => flipSomewhere(entry, random) as ChainEntry);
    return {
      world: { ...world, chain: { ...thin.chain, entries } },
      expected: { kinds: ['altered', 'foreign'], number: index + 1 },
    };
  },
  'a thinned entry is sealed anew': (world, random) => {
    const at = random.below(thinPlaces.length);
    const index = thinPlaces[at] as number;
    const thread = at === 0 ? '' : sealAt(thinPlaces[at - 1] as number);
    const entries = changedAt(thin.chain.entries, index, (entry) =>
      thinnedAs({ ...entry, body: { ...entry.body, resource: 'member' } }, marker.mark, thread),
    );
    return {
      world: { ...world, chain: { ...thin.chain, entries } },
      expected: { kinds: ['altered', 'uncovered'], number: (thinPlaces[at + 1] ?? index) + 1 },
    };
  },
  'content is put into a thinned entry': (world, random) => {
    const index = random.pick(thinPlaces);
    const content = random.pick<JsonObject>([
      { reason: 'x' },
      { note: 'x' },
      { changes: [{ path: 'a' }] },
      { salt: 'x' },
    ]);
    const entries = changedAt(thin.chain.entries, index, ({ body, ...rest }) => ({
      ...rest,
      body: { ...body, ...content },
    }));
    return {
      world: { ...world, chain: { ...thin.chain, entries } },
      expected: { kinds: ['altered'], number: index + 1 },
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
    const names = Object.keys(tamperings);
    const seed = 20261121;
    const random = seededRandom(seed);
    const counts = new Map<string, number>();
    for (let turn = 0; turn < 10_000; turn++) {
      const name = names[turn % names.length] as string;
      const untouched = { keys, chain: random.below(2) === 0 ? whole : shortened };
      const tampered = tamperings[name]?.(untouched, random) as Tampered;
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
