import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../kernel/json.ts';
import { busyMilliseconds, elapsed, elapsedAwaiting } from '#tests/support/elapsed.ts';
import { evaluateExpression, parseExpression } from './evaluateExpression.ts';

const view: JsonObject = {
  event: { data: { text: 'a'.repeat(60_000), list: Array.from({ length: 1000 }, (_, index) => index) } },
  now: '2026-03-10T12:00:00Z',
};
const doubled = (times: number, first: string, next: string): string =>
  `($a := ${first}; ${`$a := ${next}; `.repeat(times)} $a)`;

const bombs: Record<string, string> = {
  'a recursion without end': '($f := function($n) { 1 + $f($n + 1) }; $f(0))',
  'a tail recursion without end': '($f := function($n) { $f($n + 1) }; $f(0))',
  'two functions that call each other': '($f := function($n) { $g($n) }; $g := function($n) { $f($n) }; $f(0))',
  'the Y combinator': '(function($f) { $f($f) })(function($f) { $f($f) })',
  'a huge range': '[1..9999999]',
  'a range just below the bound, many times': '[1..9000].([1..9000])',
  'ranges in ranges': '[1..1000].([1..1000].([1..1000]))',
  'maps in maps': '$map([1..1000], function($i) { $map([1..1000], function($j) { $i * $j }) })',
  'a reduction that doubles': '$reduce([1..60], function($a, $b) { $append($a, $a) }, [1])',
  'a text doubled by &': doubled(60, '"xxxxxxxxxx"', '$a & $a'),
  'a text doubled by $join': doubled(60, '"xxxxxxxxxx"', '$join([$a, $a])'),
  'a list that holds itself twice, sixty times': doubled(60, '[1]', '[[$a], [$a]]'),
  'an object that holds itself twice, sixty times': doubled(60, '{"a": 1}', '{"a": $a, "b": $a}'),
  'such an object, written as text': `$string(${doubled(60, '{"a": 1}', '{"a": $a, "b": $a}')})`,
  'such an object, searched': `(${doubled(60, '{"a": 1}', '{"a": $a, "b": $a}')}).**`,
  padding: '$pad("x", 999999999)',
  'padding, half as bad, many times': '$map([1..1000], function($i) { $pad("x", 900000) })',
  'joining long texts': '$join($map([1..1000], function($i) { event.data.text }), event.data.text)',
  'replacing by long texts': '$replace(event.data.text, "a", event.data.text)',
  'replacing by long texts, with a pattern': '$replace(event.data.text, /a/, event.data.text)',
  'a pattern that thrashes': '$match(event.data.text, /[ab]*a[ab]{400}$/)',
  'many matches of a pattern that looks far': '$match(event.data.text, /a.*b|a/)',
  'sorting again and again': '$map([1..1000], function($i) { $sort(event.data.list) })',
  'sorting what was sorted':
    '$sort($append($append(event.data.list, event.data.list), [1..7000]), function($a, $b) { $a < $b })',
  'a cross join': 'event.data.list@$a.list@$b.[$a, $b]',
  'every descendant of every descendant': '**.**.**.**.**',
  'a picture read in endlessly many ways':
    '$toMillis("1111111111111111111111111111111111111", "[Y][M][D][H][m][s][f]x")',
  'a picture of a long text': '$toMillis($pad("1", 5000, "1"), "[Y]x")',
  'a long picture': '$formatNumber(1, $pad("0", 500000, "0"))',
  'a Roman number': '$formatInteger(1e300, "I")',
  'a loop over characters': '$map($split(event.data.text, ""), function($c) { $uppercase($c) })',
};

describe('bombs of expressions are stopped (SPEC V3)', () => {
  const clocks = { 'by steps alone': {}, 'with a clock': { clock: busyMilliseconds } };
  describe.each(Object.entries(clocks))('%s', (_limitedBy, limits) => {
    it.each(Object.entries(bombs))('%s', async (_name, source) => {
      const run = await elapsedAwaiting(() => evaluateExpression(source, view, limits));
      expect(run.value).toMatchObject({ ok: false });
      expect(run.milliseconds).toBeLessThan(250);
    });
  });

  it.each([
    ['brackets', '('.repeat(9000)],
    ['closed brackets', `${'('.repeat(4900)}1${')'.repeat(4900)}`],
    ['lists', `${'['.repeat(4900)}1${']'.repeat(4900)}`],
    ['additions', `1${'+1'.repeat(4900)}`],
    ['path', `a${'.a'.repeat(4900)}`],
    ['predicates', `a${'[0]'.repeat(3300)}`],
    ['sorting', `a${'^(a)'.repeat(2400)}`],
    ['variables of a path', `a${'@$b.a'.repeat(1900)}`],
    ['indexes of a path', `a${'#$b.a'.repeat(1900)}`],
    ['parents', `a${'.%'.repeat(4900)}`],
    ['parents of steps', `a.a${'.a.%'.repeat(2400)}`],
    ['groups', `a${'{}'.repeat(4900)}`],
    ['calls', `a${'()'.repeat(4900)}`],
    ['chained calls', `a${'~>$b'.repeat(2400)}`],
    ['functions in functions', `${'function($a){'.repeat(700)}1${'}'.repeat(700)}`],
    ['conditions', `${'1?'.repeat(4900)}1`],
    ['wildcards', `${'**.'.repeat(3300)}a`],
    ['comments', '/*'.repeat(4900)],
    ['a text never closed', `"${'\\u0041'.repeat(1600)}`],
    ['spaces', `1${' '.repeat(9900)}`],
  ])('and so is the parser: %s', async (_name, source) => {
    const parse = elapsed(() => parseExpression(source));
    const run = await elapsedAwaiting(() => evaluateExpression(source, view));
    expect(parse.milliseconds + run.milliseconds).toBeLessThan(250);
  });

  it('patterns that backtrack elsewhere are simply answered', async () => {
    const source = '$contains(event.data.text & "!", /^(a+)+$/)';
    const run = await elapsedAwaiting(() => evaluateExpression(source, view));
    expect(run.value).toEqual({ ok: true, value: false });
    expect(run.milliseconds).toBeLessThan(250);
  });

  it('bombs do not fail what is evaluated beside them', async () => {
    const honest = Array.from({ length: 20 }, () =>
      evaluateExpression('$sum(event.data.list)', view, { clock: busyMilliseconds }),
    );
    const bomb = evaluateExpression(bombs['a tail recursion without end'] ?? '', view, { clock: busyMilliseconds });
    expect(await Promise.all(honest)).toEqual(honest.map(() => ({ ok: true, value: 499_500 })));
    expect(await bomb).toMatchObject({ ok: false });
  });

  it('a smaller bound of steps holds too', async () => {
    const run = await evaluateExpression('$sum($map([1..1000], function($i) { $i }))', view, { steps: 100 });
    expect(run.ok ? '' : run.error.message).toContain('more than 100 steps');
  });

  it('honest work passes', async () => {
    const run = await evaluateExpression('$sum($map(event.data.list, function($i) { $i * 2 }))', view, { time: 5000 });
    expect(run).toEqual({ ok: true, value: 999_000 });
  });
});
