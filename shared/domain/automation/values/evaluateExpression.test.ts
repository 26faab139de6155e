import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../kernel/json.ts';
import { evaluateExpression, parseExpression } from './evaluateExpression.ts';

const view: JsonObject = {
  event: {
    data: {
      amount: 1250,
      text: 'INV-17, INV-18',
      lines: [
        { title: 'Seats', price: 1000, tags: ['a', 'b'] },
        { title: 'Support', price: 250, tags: ['b'] },
      ],
    },
  },
  record: { name: 'Acme', plan: 'gold' },
  before: null,
  vars: { total: 12, list: [3, 1, 2] },
  now: '2026-03-10T12:00:00Z',
};
const value = async (source: string, scope: JsonObject = view): Promise<Json> => {
  const result = await evaluateExpression(source, scope);
  return result.ok ? result.value : `problem at ${result.error.position}: ${result.error.message}`;
};

describe('an expression over the scope', () => {
  it.each<[string, Json]>([
    ['event.data.amount / 100', 12.5],
    ['$sum(event.data.lines.price)', 1250],
    ['event.data.lines[price > 500].title', 'Seats'],
    ['event.data.lines.title', ['Seats', 'Support']],
    ['$distinct(event.data.lines.tags)', ['a', 'b']],
    ['$distinct([{"a":1,"b":2},{"b":2,"a":1},3])', [{ a: 1, b: 2 }, 3]],
    ['vars.list^($)', [1, 2, 3]],
    ['$sort(vars.list, function($a, $b) { $a < $b })', [3, 2, 1]],
    ['{"name": record.name, "big": vars.total > 10}', { name: 'Acme', big: true }],
    ['event.data.lines{title: price}', { Seats: 1000, Support: 250 }],
    ['$map([1..3], function($i) { $i * $i })', [1, 4, 9]],
    ['$reduce([1..5], function($a, $b) { $a + $b })', 15],
    ['$replace(event.data.text, /INV-(\\d+)/, "no. $1")', 'no. 17, no. 18'],
    ['$match(event.data.text, /INV-(\\d+)/).groups', ['17', '18']],
    ['$split(event.data.text, /,\\s*/)', ['INV-17', 'INV-18']],
    ['$contains(event.data.text, /inv/i)', true],
    ['$pad("7", -3, "0")', '007'],
    ['$pad("ab", 5, "-=")', 'ab-=-'],
    ['$join(["a", "b"], ", ")', 'a, b'],
    ['event.data.nothing', null],
    ['before.plan', null],
    ['[event.data.nothing, 1]', [1]],
    ['$string(record)', '{"name":"Acme","plan":"gold"}'],
    ['record ~> |$|{"plan": "silver"}|', { name: 'Acme', plan: 'silver' }],
    ['($f := function($n) { $n < 2 ? 1 : $n * $f($n - 1) }; $f(10))', 3628800],
    ['[function($x) { $x }, 1]', [null, 1]],
  ])('%s', async (source, expected) => {
    expect(await value(source)).toEqual(expected);
  });

  it('leaves the scope as it was', async () => {
    const before = structuredClone(view);
    await value('event ~> |data|{"amount": 0}, ["text"]|');
    await value('($append(vars.list, 4); $reverse(vars.list); vars.list^($))');
    expect(view).toEqual(before);
  });

  it('gives the same when many are evaluated at once', async () => {
    const results = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        value('$now() & $string(vars.i)', { now: `2026-03-10T12:00:${10 + (index % 40)}Z`, vars: { i: index } }),
      ),
    );
    expect(results).toEqual(results.map((_, index) => `2026-03-10T12:00:${10 + (index % 40)}.000Z${index}`));
  });
});

describe('time and chance (SPEC V1)', () => {
  it.each<[string, Json]>([
    ['$now()', '2026-03-10T12:00:00.000Z'],
    ['$millis()', Date.UTC(2026, 2, 10, 12)],
    ['$now("[D1o] [MNn] [Y]")', '10th March 2026'],
    ['$toMillis("2026-03-10T12:00:00Z") = $millis()', true],
    ['$toMillis("2026-03-10T12:00") = $millis()', true],
    ['$toMillis("2026-03-10")', Date.UTC(2026, 2, 10)],
    ['$toMillis("10/03/2026", "[D01]/[M01]/[Y0001]")', Date.UTC(2026, 2, 10)],
    ['$toMillis("18:30", "[H01]:[m01]")', Date.UTC(2026, 2, 10, 18, 30)],
    ['$fromMillis(0, "[Y0001]")', '1970'],
    ['$formatNumber(1234.5, "#,##0.00")', '1,234.50'],
    ['$formatInteger(4, "I")', 'IV'],
  ])('%s', async (source, expected) => {
    expect(await value(source)).toEqual(expected);
  });

  it.each([
    '$random()',
    '$shuffle(vars.list)',
    '$eval("1")',
    '$map(vars.list, $random)',
    '[1] ~> $shuffle',
    '($r := $random; 1)',
  ])('%s is refused before anything runs', (source) => {
    const parsed = parseExpression(source);
    const { message, position } = parsed.ok ? { message: '', position: 0 } : parsed.error;
    expect(message).toMatch(/is not available: a rule must give the same result each time/);
    expect(source.slice(position)).toMatch(/^\$(random|shuffle|eval)/);
  });
});

describe('what an expression cannot reach', () => {
  it.each([
    'record.constructor',
    'event.__proto__',
    '$lookup(record, "toString")',
    'record.hasOwnProperty',
    '$spread.constructor',
  ])('%s', async (source) => {
    expect(await value(source)).toBeNull();
  });

  it('a field named __proto__ in what it makes is a field', async () => {
    const made = await value('{"__proto__": {"polluted": true}}');
    expect(Object.getPrototypeOf(made)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('problems say what and where', () => {
  it.each([
    ['event.data.amount +', 'problem at 19: Unexpected end of expression'],
    ['', 'problem at 0: the expression is empty; write one such as event.data.total'],
    ['record.name + 1', 'problem at 12: The left side of the "+" operator must evaluate to a number'],
    ['$nope(1)', 'problem at 1: Attempted to invoke a non-function'],
    ['$match("a", /(?=a)/)', 'problem at 12: the regular expression /(?=a)/ cannot be run'],
    ['$error("not yet")', 'not yet'],
    ['$sum', 'problem at 0: the expression gives a function; call it'],
    ['function($x) { $x }', 'problem at 0: the expression gives a function; call it'],
    ['$toMillis("yesterday")', "'yesterday' is no instant; expected ISO 8601 such as 2026-03-10T12:00:00Z"],
  ])('%s', async (source, message) => {
    expect(await value(source)).toContain(message);
  });

  it('an expression that is too long is refused', () => {
    expect(parseExpression(`"${'x'.repeat(10_000)}"`)).toMatchObject({ ok: false });
  });
});

describe('the paths an expression names', () => {
  it('are those that begin at the scope', () => {
    expect(
      parseExpression('$sum(event.data.lines[price > 1].price) + vars.total & $$.record.name & other.name'),
    ).toMatchObject({
      ok: true,
      value: { paths: ['event.data.lines.price', 'record.name', 'vars.total'] },
    });
  });
});
