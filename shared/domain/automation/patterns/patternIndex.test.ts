import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elapsed } from '#tests/support/elapsed.ts';
import { parsePattern, patternMatches } from './eventPattern.ts';
import type { EventPattern } from './eventPattern.ts';
import { createPatternIndex } from './patternIndex.ts';

const pattern = (text: string): EventPattern => {
  const parsed = parsePattern(text);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
};

describe('patterns of event names (SPEC P1)', () => {
  it.each<[string, string[], string[]]>([
    ['user.created', ['user.created'], ['user.updated', 'user', 'user.created.now', 'User.created', 'xuser.created']],
    ['user.*', ['user.created', 'user.login'], ['user', 'user.a.b', 'users.created']],
    ['*.failed', ['payment.failed'], ['payment.card.failed', 'failed']],
    ['lms.*.issued', ['lms.certificate.issued'], ['lms.issued', 'lms.a.b.issued']],
    ['lms.**', ['lms.course', 'lms.course.completed', 'lms.a.b.c'], ['lms', 'lmsx.a']],
    ['**', ['user', 'user.created', 'a.b.c.d'], []],
    ['*.**', ['user.created', 'a.b.c'], ['user']],
    ['*', ['user'], ['user.created']],
  ])('%s', (text, fitting, others) => {
    for (const name of fitting) expect([name, patternMatches(pattern(text), name)]).toEqual([name, true]);
    for (const name of others) expect([name, patternMatches(pattern(text), name)]).toEqual([name, false]);
  });

  it.each([
    ['', 'the pattern is empty'],
    ['user.', "segment 2 of 'user.' is empty"],
    ['.user', "segment 1 of '.user' is empty"],
    ['user..created', 'segment 2'],
    ['**.failed', "segment 1 of '**.failed' is '**', which may only stand at the end"],
    ['user.cre*', "'*' stands for a whole segment"],
    ['user.***', "'*' stands for a whole segment"],
    ['User.created', 'a segment is made of a-z, 0-9 and _'],
    ['user created', 'a segment is made of'],
    ['a'.repeat(201), 'at most 200'],
  ])('%s is refused', (text, message) => {
    const parsed = parsePattern(text);
    expect(parsed.ok ? '' : parsed.error).toContain(message);
  });
});

interface Entry {
  id: number;
  pattern: EventPattern;
  priority: number;
}
const byPriority = (left: Entry, right: Entry): number => right.priority - left.priority || left.id - right.id;

describe('the index of patterns (SPEC P2)', () => {
  const segment = fc.constantFrom('a', 'b', 'c');
  const name = fc.array(segment, { minLength: 1, maxLength: 5 }).map((segments) => segments.join('.'));
  const text = fc
    .tuple(fc.array(fc.oneof(segment, fc.constant('*')), { maxLength: 4 }), fc.boolean())
    .filter(([segments, rest]) => segments.length > 0 || rest)
    .map(([segments, rest]) => [...segments, ...(rest ? ['**'] : [])].join('.'));

  it('answers as each pattern alone, in the order of priority, whatever was added and removed', () => {
    const step = fc.record({
      text,
      priority: fc.integer({ min: 0, max: 3 }),
      remove: fc.option(fc.nat(), { freq: 3 }),
    });
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 40 }),
        fc.array(name, { minLength: 1, maxLength: 10 }),
        (steps, names) => {
          const index = createPatternIndex<Entry>(byPriority);
          const kept: Entry[] = [];
          for (const [id, one] of steps.entries()) {
            const entry = { id, pattern: pattern(one.text), priority: one.priority };
            index.add(entry.pattern, entry);
            kept.push(entry);
            if (one.remove === null) continue;
            const [removed] = kept.splice(one.remove % kept.length, 1);
            if (removed) index.remove(removed.pattern, removed);
          }
          for (const each of names) {
            const expected = kept.filter((entry) => patternMatches(entry.pattern, each)).sort(byPriority);
            expect(index.match(each)).toEqual(expected);
            expect(index.anyMatches(each)).toBe(expected.length > 0);
          }
        },
      ),
      { seed: 3, numRuns: 800 },
    );
  });

  it('removing what is not there changes nothing', () => {
    const index = createPatternIndex<string>((left, right) => (left < right ? -1 : 1));
    index.add(pattern('a.*'), 'one');
    index.remove(pattern('a.b'), 'one');
    index.remove(pattern('a.*'), 'two');
    index.remove(pattern('x.**'), 'one');
    expect(index.match('a.b')).toEqual(['one']);
    index.remove(pattern('a.*'), 'one');
    expect(index.match('a.b')).toEqual([]);
    expect(index.anyMatches('a.b')).toBe(false);
  });

  it('ten thousand patterns cost a name little', () => {
    const index = createPatternIndex<number>((left, right) => left - right);
    for (let id = 0; id < 10_000; id++) index.add(pattern(`module${id % 100}.thing${id}.created`), id);
    index.add(pattern('module7.**'), 10_001);
    index.add(pattern('*.*.created'), 10_002);
    const { value, milliseconds } = elapsed(() => {
      for (let round = 0; round < 20_000; round++) index.match('module7.thing107.created');
      return index.match('module7.thing107.created');
    });
    expect(value).toEqual([107, 10_001, 10_002]);
    expect(milliseconds).toBeLessThan(200);
  });
});
