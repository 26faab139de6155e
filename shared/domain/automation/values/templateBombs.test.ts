import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../kernel/json.ts';
import { elapsed } from '#tests/support/elapsed.ts';
import { parseTemplate, renderTemplate } from './renderTemplate.ts';

const doubling = (times: number, one: string): string => one.repeat(times);
const nested: Json = [['x'.repeat(30_000), 'y'.repeat(30_000)]];
const view: JsonObject = {
  event: {
    data: {
      text: 'a'.repeat(60_000),
      list: Array.from({ length: 1000 }, (_, index) => index),
      nested,
      wide: { held: nested },
    },
  },
  now: '2026-03-10T12:00:00Z',
};

const bombs: Record<string, string> = {
  'a loop without end': '{% for i in (1..1000000000) %}x{% endfor %}',
  'loops in loops that write nothing':
    '{% for i in (1..1000) %}{% for j in (1..1000) %}{% for k in (1..1000) %}{% endfor %}{% endfor %}{% endfor %}',
  'loops in loops that write':
    '{% for i in (1..1000) %}{% for j in (1..1000) %}{% for k in (1..1000) %}x{% endfor %}{% endfor %}{% endfor %}',
  'loops over a list of the event':
    '{% for a in event.data.list %}{% for b in event.data.list %}{% for c in event.data.list %}{% assign d = a | plus: b %}{% endfor %}{% endfor %}{% endfor %}',
  'a text doubled by append': `{% assign a = "xxxxxxxxxx" %}${doubling(40, '{% assign a = a | append: a %}')}{{ a | size }}`,
  'a text doubled by capture': `{% assign a = "xxxxxxxxxx" %}${doubling(40, '{% capture a %}{{ a }}{{ a }}{% endcapture %}')}{{ a | size }}`,
  'a text doubled by prepend in one output': `{{ "x" ${doubling(60, '| append: event.data.text ')}}}`,
  'a huge replace': '{% assign a = event.data.text | replace: "a", event.data.text %}{{ a | size }}',
  'replaces in a row': `{% assign a = "aa" %}${doubling(40, '{% assign a = a | replace: "a", "aa" %}')}{{ a | size }}`,
  'a list doubled by concat': `{% assign a = event.data.list %}${doubling(40, '{% assign a = a | concat: a %}')}{{ a | size }}`,
  'a doubled list of long texts, joined': `{% assign a = event.data.nested %}${doubling(18, '{% assign a = a | concat: a %}')}{{ a | join }}`,
  'a doubled list of long texts, written': `{% assign a = event.data.nested %}${doubling(18, '{% assign a = a | concat: a %}')}{{ a }}`,
  'a doubled list of long texts, appended': `{% assign a = event.data.nested %}${doubling(18, '{% assign a = a | concat: a %}')}{{ "" | append: a }}`,
  'a doubled list of long texts, as a sentence': `{% assign a = event.data.nested %}${doubling(18, '{% assign a = a | concat: a %}')}{{ a | array_to_sentence_string }}`,
  'a doubled list of long texts, as JSON': `{% assign a = event.data.nested %}${doubling(18, '{% assign a = a | concat: a %}')}{{ a | json }}`,
  'sorting a huge list': '{% assign a = (1..900000) | sort %}{{ a | first }}',
  'JSON of JSON of JSON': `{% assign a = '"' %}${doubling(40, '{% assign a = a | json %}')}{{ a | size }}`,
  'a huge split': `{{ "x" ${doubling(40, '| append: event.data.text ')} | split: "" | sort | join }}`,
  'JSON far to the right': `{{ event.data.list ${doubling(12, '| concat: event.data.list ')} | json: 100000000 ${doubling(30, '| json ')}}}`,
  slices: '{{ event.data.text | slice: 0, 1000000000000 }}',
};

describe('template bombs are stopped (SPEC V3)', () => {
  it.each(Object.entries(bombs))('%s', (_name, source) => {
    const run = elapsed(() => renderTemplate(source, view));
    expect(run.value).toMatchObject({ ok: false });
    const message = run.value.ok ? '' : run.value.error.message;
    expect(message).toMatch(/grows beyond|more than 50000 steps|makes more text and lists|took too long|too long/);
    expect(run.milliseconds).toBeLessThan(250);
  });

  it.each([
    ['groups inside each other', '{% if a %}'.repeat(1900)],
    ['groups inside each other, closed', `${'{% if now %}'.repeat(800)}${'{% endif %}'.repeat(800)}`],
    ['brackets inside each other', `{{ ${'a['.repeat(6000)} }}`],
    ['filters in a row', `{{ now ${'| upcase '.repeat(2000)}}}`],
    ['an output that is never closed', `{{ ${'"'.repeat(15_000)}`],
    ['many outputs never closed', '{{'.repeat(9000)],
    ['many tags never closed', '{%'.repeat(9000)],
    ['spaces', `{{ a ${' '.repeat(18_000)} | }}`],
  ])('and so is the parser: %s', (_name, source) => {
    const run = elapsed(() => [parseTemplate(source), renderTemplate(source, view)]);
    expect(run.milliseconds).toBeLessThan(250);
  });

  it('long texts of honest templates pass', () => {
    const list = Array.from({ length: 2000 }, (_, index) => ({ name: `item ${index}`, price: index }));
    const source =
      '{% for one in event.data.list %}{{ one.name | upcase }}: {{ one.price | money: "EUR" }}\n{% endfor %}';
    const run = renderTemplate(source, { event: { data: { list } } }, { time: 5000 });
    expect(run.ok && run.value.text.split('\n').length).toBe(2001);
  });
});
