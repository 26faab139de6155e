import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isJsonObject, jsonEqual } from '../kernel/json.ts';
import type { Json, JsonObject } from '../kernel/json.ts';
import { mergeObjects } from './merge.ts';
import type { MergeConflict } from './merge.ts';
import type { MergeRule } from './defineResource.ts';

const rules: Record<string, MergeRule> = { steps: 'by-id', tags: 'set', config: 'whole' };
const runs = { numRuns: 10_000 };

const scalar: fc.Arbitrary<Json> = fc.oneof(
  fc.integer({ min: 0, max: 4 }),
  fc.constantFrom('a', 'b', 'c'),
  fc.boolean(),
  fc.constant(null),
);
const item = fc.record(
  {
    id: fc.constantFrom('1', '2', '3', '4'),
    name: scalar,
    depth: fc.option(scalar, { nil: undefined }),
  },
  { requiredKeys: ['id', 'name'] },
);
const steps = fc.uniqueArray(item, {
  selector: (value) => value.id,
  maxLength: 4,
}) as fc.Arbitrary<Json>;
const tags = fc.uniqueArray(fc.constantFrom('x', 'y', 'z', 'w'), { maxLength: 4 });
const nested = fc.dictionary(fc.constantFrom('p', 'q', 'constructor'), scalar, {
  maxKeys: 3,
}) as fc.Arbitrary<Json>;
const body = fc.record(
  {
    name: scalar,
    steps,
    tags,
    config: nested,
    settings: nested,
    list: fc.array(scalar, { maxLength: 3 }) as fc.Arbitrary<Json>,
  },
  { requiredKeys: [] },
) as fc.Arbitrary<JsonObject>;

const plain = (value: JsonObject) => JSON.parse(JSON.stringify(value)) as JsonObject;
const merge = (base: JsonObject, mine: JsonObject, theirs: JsonObject) =>
  mergeObjects(plain(base), plain(mine), plain(theirs), rules);

/** Leaves that `mine` changed or added against `base`: what a person typed. */
function typedValues(base: Json | undefined, mine: Json | undefined): Json[] {
  if (mine === undefined || jsonEqual(base, mine)) return [];
  if (isJsonObject(mine))
    return Object.keys(mine).flatMap((key) => typedValues(isJsonObject(base) ? base[key] : undefined, mine[key]));
  if (Array.isArray(mine))
    return mine
      .filter((value) => !Array.isArray(base) || !base.some((other) => jsonEqual(other, value)))
      .flatMap((value) => {
        const before =
          Array.isArray(base) && isJsonObject(value)
            ? base.find((other) => isJsonObject(other) && other['id'] === value['id'])
            : undefined;
        return typedValues(before, value);
      });
  return [mine];
}

function holds(container: unknown, value: Json): boolean {
  if (jsonEqual(container, value)) return true;
  if (Array.isArray(container)) return container.some((entry) => holds(entry, value));
  return isJsonObject(container) && Object.values(container).some((entry) => holds(entry, value));
}

describe('mergeObjects', () => {
  it('M1 M2 M10: a change on one side, or the same on both, is taken', () => {
    fc.assert(
      fc.property(body, body, (base, changed) => {
        expect(jsonEqual(merge(base, changed, base).merged, plain(changed))).toBe(true);
        expect(jsonEqual(merge(base, base, changed).merged, plain(changed))).toBe(true);
        expect(jsonEqual(merge(base, changed, changed).merged, plain(changed))).toBe(true);
        for (const outcome of [merge(base, changed, base), merge(base, base, changed), merge(base, changed, changed)]) {
          expect(outcome.conflicts).toEqual([]);
        }
      }),
      runs,
    );
  });

  it('M11: every value that was typed is in the result or in the conflicts', () => {
    fc.assert(
      fc.property(body, body, body, (base, mine, theirs) => {
        const outcome = merge(base, mine, theirs);
        const kept: MergeConflict['mine'][] = [outcome.merged, ...outcome.conflicts.map((conflict) => conflict.mine)];
        for (const value of typedValues(plain(base), plain(mine))) expect(holds(kept, value)).toBe(true);
      }),
      runs,
    );
  });

  it('M3: every conflict tells base, mine and theirs, and theirs is in the result', () => {
    fc.assert(
      fc.property(body, body, body, (base, mine, theirs) => {
        for (const conflict of merge(base, mine, theirs).conflicts) {
          expect(jsonEqual(conflict.mine, conflict.theirs)).toBe(false);
          expect(jsonEqual(conflict.base, conflict.mine)).toBe(false);
        }
      }),
      runs,
    );
  });

  it('M12: consoles that exchange through a server end equal, whoever syncs first', () => {
    fc.assert(
      fc.property(body, body, body, fc.boolean(), (base, first, second, swap) => {
        const [early, late] = swap ? [second, first] : [first, second];
        const server = plain(early);
        const rebased = merge(base, late, server).merged;
        const onLate = merge(server, rebased, rebased).merged;
        const onEarly = merge(server, server, rebased).merged;
        expect(jsonEqual(onLate, onEarly)).toBe(true);
      }),
      runs,
    );
  });

  it('M5 M7: items that two people add to a list of steps are both there, in a stable order', () => {
    const step = (id: string) => ({ id, name: id });
    const base = { steps: [step('a'), step('b')] };
    const mine = { steps: [step('a'), step('mine'), step('b')] };
    const theirs = { steps: [step('b'), step('theirs'), step('a')] };
    const outcome = mergeObjects(base, mine, theirs, rules);
    expect((outcome.merged['steps'] as { id: string }[]).map((entry) => entry.id)).toEqual([
      'b',
      'theirs',
      'a',
      'mine',
    ]);
    expect(outcome.conflicts).toEqual([]);
  });

  it('M6: a step edited here and removed there is removed, and the edit is a conflict', () => {
    const outcome = mergeObjects(
      { steps: [{ id: 'a', name: 'x' }] },
      { steps: [{ id: 'a', name: 'y' }] },
      { steps: [] },
      rules,
    );
    expect(outcome.merged).toEqual({ steps: [] });
    expect(outcome.conflicts).toMatchObject([{ path: 'steps[id=a]', mine: { id: 'a', name: 'y' } }]);
  });

  it('M8: a tag added here and a tag removed there both hold', () => {
    expect(mergeObjects({ tags: ['x', 'y'] }, { tags: ['x', 'y', 'z'] }, { tags: ['y'] }, rules)).toEqual({
      merged: { tags: ['y', 'z'] },
      conflicts: [],
    });
  });

  it('keeps keys such as __proto__ as data', () => {
    const typed = JSON.parse('{"settings":{"__proto__":{"polluted":true}}}') as JsonObject;
    const outcome = mergeObjects({ settings: {} }, typed, { settings: { other: 1 } }, rules);
    expect(Object.hasOwn(outcome.merged['settings'] as object, '__proto__')).toBe(true);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});
