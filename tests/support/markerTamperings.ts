import type { ChainEntry } from '#shared/domain/audit/auditTypes.ts';
import type { ThinningEvidence } from '#shared/domain/audit/statements.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import { sampleThinning } from './sampleChains.ts';
import { flipSomewhere } from './tamper.ts';
import type { Random } from './tamper.ts';
import {
  changedAt,
  marker,
  numberAt,
  otherMarker,
  sealAt,
  second,
  thin,
  thinnedAs,
  thinPlaces,
  entriesOf,
  withEntries,
} from './tamperedChains.ts';
import type { Tampered, World } from './tamperedChains.ts';

/** What somebody may do to thinned entries and to the markers that vouch for them, and what must be found of it. */
export const markerTamperings: Record<string, (world: World, random: Random) => Tampered> = {
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
};
