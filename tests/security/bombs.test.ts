import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEvaluator } from '#server/engine/evaluation/evaluator.ts';
import type { Evaluator } from '#server/engine/evaluation/evaluator.ts';
import type { Scope } from '#shared/domain/automation/scope.ts';
import type { Comparison, ConditionGroup } from '#shared/resources/automation/condition.ts';
import { conditionGroupSchema } from '#shared/resources/automation/condition.ts';
import { ruleLimits } from '#shared/resources/automation/limits.ts';
import { stepsSchema } from '#shared/resources/automation/step.ts';
import type { Step } from '#shared/resources/automation/step.ts';

/** What the product promises on a machine that does nothing else; printed. */
const promised = 250;
/** What is asserted, so that a busy machine does not fail the test; milliseconds. */
const asserted = 1500;

const common = {
  id: 'bomb',
  name: 'Bomb',
  delayMinutes: 0,
  retry: { max: 0, backoffSeconds: 1 },
  onError: 'stop',
} as const;
const longText = 'a'.repeat(90_000);
const scopeOf = (ruleId: string): Scope => ({
  event: {
    id: 'event-1',
    name: 'message.received',
    module: 'message',
    code: 'received',
    tenantId: 'tenant-1',
    entityType: '',
    entityId: '',
    data: { text: longText, list: Array.from({ length: 5000 }, (_, index) => index) },
    triggeredBy: '',
    source: 'api',
    occurredAt: '2026-03-01T08:00:00.000Z',
    depth: 0,
    chain: [],
  },
  record: null,
  before: null,
  tenant: null,
  rule: { id: ruleId, name: 'Bomb', revision: 1 },
  run: { id: 'run-1' },
  steps: {},
  vars: {},
  now: '2026-03-01T08:00:00.000Z',
});

const template = (text: string): Step => ({
  ...common,
  type: 'email',
  to: 'mara@school.example',
  cc: '',
  replyTo: '',
  subject: 'Bomb',
  format: 'text',
  template: text,
});
const expression = (text: string): Step => ({ ...common, type: 'transform', variables: { bomb: text } });
const loop = (over: string): Step => ({ ...common, type: 'loop', over, cap: 10_000, steps: [] });
const pattern = (value: string): Step => {
  const conditions: ConditionGroup = {
    type: 'group',
    match: 'and',
    conditions: [{ type: 'comparison', field: 'event.data.text', operator: 'matches', value }],
  };
  return { ...common, type: 'condition', conditions, then: [], otherwise: [] };
};
const repeated = (text: string, times: number) => text.repeat(times);

/** 'fails': the step must fail and say why. 'ends': either answer is right, as long as it comes. */
const bombs: Record<string, { step: Step; result: 'fails' | 'ends' }> = {
  'regular expression that goes back exponentially': { step: pattern('(a+)+$x'), result: 'ends' },
  'regular expression with nested counts': { step: pattern('((a{1,30}){1,30}){1,30}$'), result: 'ends' },
  'regular expression with many alternatives': { step: pattern(`(${repeated('a|', 80)}b)*c`), result: 'ends' },
  'regular expression in an expression': { step: expression('$match(event.data.text, /(a+)+$x/)'), result: 'ends' },
  'regular expression that replaces in an expression': {
    step: expression('$replace(event.data.text & event.data.text, /(a|aa)+$x/, "b")'),
    result: 'ends',
  },
  'template with loops in loops': {
    step: template(
      '{% for a in (1..1000) %}{% for b in (1..1000) %}{% for c in (1..1000) %}{{ c }}{% endfor %}{% endfor %}{% endfor %}',
    ),
    result: 'fails',
  },
  'template with silent loops': {
    step: template('{% for a in (1..2000) %}{% for b in (1..2000) %}{% assign x = b %}{% endfor %}{% endfor %}'),
    result: 'fails',
  },
  'template with an immense range': { step: template('{% for a in (1..2000000000) %}x{% endfor %}'), result: 'fails' },
  'template that doubles a text': {
    step: template(`{% assign x = event.data.text %}${repeated('{% assign x = x | append: x %}', 40)}{{ x }}`),
    result: 'fails',
  },
  'template that doubles by capturing': {
    step: template(
      `{% capture x %}aaaaaaaaaa{% endcapture %}${repeated('{% capture x %}{{ x }}{{ x }}{{ x }}{% endcapture %}', 30)}{{ x }}`,
    ),
    result: 'fails',
  },
  'template that replaces each letter by a book': {
    step: template(`{{ event.data.text | replace: "a", event.data.text }}`),
    result: 'fails',
  },
  'template that splits and joins over and over': {
    step: template(`{% for a in (1..500) %}{{ event.data.text | split: "" | join: "--" | size }}{% endfor %}`),
    result: 'fails',
  },
  'template nested without end': {
    step: template(`${repeated('{% if true %}', 700)}x${repeated('{% endif %}', 700)}`),
    result: 'ends',
  },
  'template full of brackets': { step: template(`{{ a${repeated('[a', 6000)} }}`), result: 'ends' },
  'expression that calls itself': {
    step: expression('($f := function($n) { 1 + $f($n + 1) }; $f(0))'),
    result: 'fails',
  },
  'expression that calls itself at its end': {
    step: expression('($f := function($n) { $f($n + 1) }; $f(0))'),
    result: 'fails',
  },
  'expression with two functions that call each other': {
    step: expression('($g := function($x) { $x }; $f := function($n) { $g($f($n + 1)) & $f($n) }; $f(0))'),
    result: 'fails',
  },
  'expression with an immense range': { step: expression('[1..9999999]'), result: 'fails' },
  'expression with ranges in ranges': {
    step: expression('$count([1..9000].($a := $; [1..9000].($ * $a)))'),
    result: 'fails',
  },
  'expression that pads': { step: expression('$pad("", 500000000, "abc")'), result: 'fails' },
  'expression that joins copies': {
    step: expression('$join([1..9000].$$.event.data.text, ",")'),
    result: 'fails',
  },
  'expression that doubles a text': {
    step: expression('$reduce([1..60], function($a, $i) { $a & $a }, "abc")'),
    result: 'fails',
  },
  'expression that doubles a list': {
    step: expression('$reduce([1..60], function($a, $i) { $append($a, $a) }, [1])'),
    result: 'fails',
  },
  'expression that sorts with a costly comparison': {
    step: expression('$sort(event.data.list, function($l, $r) { $sum(event.data.list) > $l })'),
    result: 'fails',
  },
  'expression that looks everywhere': { step: expression('**.**.**.**.**'), result: 'ends' },
  'expression that splits a text to letters again and again': {
    step: expression('[1..9000].$count($split($$.event.data.text, ""))'),
    result: 'fails',
  },
  'expression that evaluates text': { step: expression('$eval("[1..9999999]")'), result: 'fails' },
  'expression of brackets': { step: expression(`${repeated('(', 4900)}1${repeated(')', 4900)}`), result: 'ends' },
  'expression reaching for the machine': {
    step: expression('($x := "".constructor.constructor("return process")(); $x)'),
    result: 'ends',
  },
  'loop over more than it can hold': { step: loop('[1..9999999]'), result: 'fails' },
  'loop over what never ends': { step: loop('($f := function($l) { $f($append($l, $l)) }; $f([1]))'), result: 'fails' },
};

describe('bombs in rules (V3, C6)', () => {
  let evaluator: Evaluator;
  const modest = template('Hello {{ event.data.list | size }}');
  beforeAll(async () => {
    evaluator = createEvaluator();
    await evaluator.prepare(modest, scopeOf('modest'));
  });
  afterAll(() => evaluator.close());
  const timed = async (step: Step, ruleId: string) => {
    const began = performance.now();
    const result = await evaluator.prepare(step, scopeOf(ruleId));
    return { result, took: performance.now() - began };
  };

  it.each(Object.entries(bombs))('%s: is stopped while others go on', async (name, { step, result }) => {
    const [bomb, other] = await Promise.all([timed(step, `rule of the ${name}`), timed(modest, 'modest')]);
    const said = bomb.result.ok ? 'ends by itself' : bomb.result.error.message;
    const late = bomb.took > promised ? `, more than the promised ${promised}` : '';
    process.stdout.write(
      `${name}: ${bomb.took.toFixed(0)} ms${late}; other ${other.took.toFixed(0)} ms; ${said.slice(0, 120)}\n`,
    );
    expect([name, result === 'fails' && bomb.result.ok]).toEqual([name, false]);
    expect(said).toMatch(/\w+ \w+/);
    expect(JSON.stringify(bomb.result)).not.toMatch(/node_modules|at Object\.|\[object process\]/);
    expect(bomb.took).toBeLessThan(asserted);
    expect(other.result).toMatchObject({ ok: true, value: { prepared: { body: 'Hello 5000' } } });
    expect(other.took).toBeLessThan(asserted);
  });

  it('many at once of one rule do not keep another rule waiting: rules take turns', async () => {
    const began = performance.now();
    let exploded = 0;
    const all = Object.values(bombs).map(({ step }) =>
      evaluator.prepare(step, scopeOf('rule of all bombs')).then(() => (exploded += 1)),
    );
    const other = await timed(modest, 'modest');
    const before = exploded;
    await Promise.all(all);
    process.stdout.write(
      `among ${all.length} bombs of one rule: other ${other.took.toFixed(0)} ms, after ${before} of them; all of them ${(performance.now() - began).toFixed(0)} ms\n`,
    );
    expect(other.result.ok).toBe(true);
    expect(before).toBeLessThan(5);
  });
});

describe('rules too deep or too large', () => {
  const elapsed = <Value>(work: () => Value) => {
    const began = performance.now();
    const value = work();
    return { value, took: performance.now() - began };
  };

  it('are refused with the path: conditions nested too deep', () => {
    let group: ConditionGroup = { type: 'group', match: 'and', conditions: [] };
    for (let depth = 0; depth < 2 * ruleLimits.conditionDepth; depth++)
      group = { type: 'group', match: 'and', conditions: [group] };
    const { value, took } = elapsed(() => conditionGroupSchema.safeParse(group));
    expect(value.error?.issues[0]?.path).toHaveLength(2 * ruleLimits.conditionDepth);
    expect(value.error?.issues[0]?.message).toContain(`${ruleLimits.conditionDepth} deep`);
    expect(took).toBeLessThan(asserted);
  });

  it('are refused with the path: too many comparisons', () => {
    const one: Comparison = { type: 'comparison', field: 'event.data.text', operator: 'is_empty' };
    const many: ConditionGroup = { type: 'group', match: 'or', conditions: Array.from({ length: 190 }, () => one) };
    const group: ConditionGroup = { type: 'group', match: 'or', conditions: [many, many, many] };
    const { value, took } = elapsed(() => conditionGroupSchema.safeParse(group));
    expect(value.error?.issues[0]?.path.slice(0, 3)).toEqual(['conditions', 2, 'conditions']);
    expect(took).toBeLessThan(asserted);
  });

  it('are refused with the path: steps nested too deep, and too many of them', () => {
    let deep: Step = template('x');
    for (let depth = 0; depth < 2 * ruleLimits.stepDepth; depth++)
      deep = { ...common, id: `loop${depth}`, type: 'loop', over: 'event', cap: 1, steps: [deep] };
    const nested = elapsed(() => stepsSchema.safeParse([deep]));
    expect(nested.value.error?.issues[0]?.message).toContain(`${ruleLimits.stepDepth} deep`);
    expect(nested.value.error?.issues[0]?.path.length).toBeGreaterThan(ruleLimits.stepDepth);
    let wide: Step[] = [];
    for (let branch = 0; branch < 4; branch++) {
      const steps = Array.from({ length: 90 }, (_, index) => ({ ...template('x'), id: `s${branch}_${index}` }));
      wide = [...wide, { ...common, id: `wide${branch}`, type: 'loop', over: 'event', cap: 1, steps }];
    }
    const many = elapsed(() => stepsSchema.safeParse(wide));
    expect(many.value.error?.issues[0]?.message).toContain(`${ruleLimits.steps} steps`);
    expect(nested.took).toBeLessThan(asserted);
    expect(many.took).toBeLessThan(asserted);
  });

  it('are refused with the path: templates and expressions too long', () => {
    const steps = [
      template('x'.repeat(ruleLimits.template + 1)),
      { ...expression('1'.repeat(ruleLimits.expression + 1)), id: 'two' },
    ];
    const { value, took } = elapsed(() => stepsSchema.safeParse(steps));
    expect(value.error?.issues.map((issue) => issue.path)).toEqual([
      [0, 'template'],
      [1, 'variables', 'bomb'],
    ]);
    expect(took).toBeLessThan(asserted);
  });
});
