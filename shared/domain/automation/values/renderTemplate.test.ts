import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../kernel/json.ts';
import { parseTemplate, renderTemplate, templateVariables } from './renderTemplate.ts';
import { filterNames } from './templateFilters.ts';

const view: JsonObject = {
  event: {
    name: 'invoice.overdue',
    occurredAt: '2026-03-29T00:30:00Z',
    data: {
      amount: 1250,
      currency: 'EUR',
      due: '2026-03-10',
      lines: [
        { title: 'Seats', price: 1000 },
        { title: 'Support', price: 250 },
      ],
      html: '<b onclick="x">&</b>',
    },
  },
  record: { name: 'Acme', plan: 'gold', note: null, body: { plan: 'gold' } },
  before: null,
  tenant: { name: 'Acme GmbH' },
  steps: { ask: { output: { approved: true } } },
  vars: { total: 12 },
  now: '2026-03-10T12:00:00Z',
};
const text = (source: string, options = {}): string => {
  const rendered = renderTemplate(source, view, options);
  return rendered.ok ? rendered.value.text : `problem: ${rendered.error.message}`;
};
const unknown = (source: string): string[] => {
  const rendered = renderTemplate(source, view);
  return rendered.ok ? rendered.value.unknownVariables : ['problem'];
};

describe('a template over the scope', () => {
  it.each([
    ['Dear {{ record.name }}', 'Dear Acme'],
    ['{{ event.data.lines[1].title }}', 'Support'],
    ['{% for line in event.data.lines %}{{ line.title }}: {{ line.price }};{% endfor %}', 'Seats: 1000;Support: 250;'],
    ['{% if steps.ask.output.approved %}yes{% else %}no{% endif %}', 'yes'],
    ['{% assign sum = vars.total | plus: 3 %}{{ sum }}', '15'],
    ['{% capture who %}{{ record.name }}!{% endcapture %}{{ who }}{{ who }}', 'Acme!Acme!'],
    ['{{ event.data.lines | map: "title" | join: ", " }}', 'Seats, Support'],
    ['{{ event.data.lines | sort: "price" | map: "title" | first }}', 'Support'],
    ['{{ event.data.lines.size }}', '2'],
    ['{{ event.data.lines | map: "price" | sum }}', '1250'],
    ['{{ vars }}', '{"total":12}'],
    ['{{ "a,b" | split: "," | json }}', '["a","b"]'],
    ['{{ event.data.lines[0] | json }}', '{"title":"Seats","price":1000}'],
    ['{{ record.name | upcase | append: "!" }}', 'ACME!'],
    ['no variables {at all}', 'no variables {at all}'],
    ['{% raw %}{{ kept }}{% endraw %}', '{{ kept }}'],
    ['{%- comment -%} nothing {%- endcomment -%}', ''],
  ])('%s', (source, expected) => {
    expect(text(source)).toBe(expected);
  });

  it.each([
    ['{{ event.data.amount | money: event.data.currency }}', '€12.50'],
    ['{{ 1250 | money: "jpy" }}', '¥1,250'],
    ['{{ 1250 | money: "KWD" }}', 'KWD\u00a01.250'],
    ['{{ record.note | money: "EUR" }}|', '|'],
    ['{{ 1 | money: "euros" }}', "problem: 'EUROS' is no currency; use a code of three letters such as EUR"],
  ])('money: %s', (source, expected) => {
    expect(text(source)).toBe(expected);
  });

  it.each([
    ['{{ event.occurredAt | date: "%Y-%m-%d %H:%M" }}', '2026-03-29 00:30'],
    ['{{ event.occurredAt | date: "%Y-%m-%d %H:%M %:z", "Europe/Paris" }}', '2026-03-29 01:30 +01:00'],
    ['{{ event.occurredAt | plus_hours: 1 | date: "%H:%M %z", "Europe/Paris" }}', '03:30 +0200'],
    ['{{ event.occurredAt | date: "%a %-d %B %Y, %l:%M %p" }}', 'Sun 29 March 2026, 12:30 AM'],
    ['{{ "now" | date: "%F %T" }}', '2026-03-10 12:00:00'],
    ['{{ now | date: "%j %u %^b %s" }}', '069 2 MAR 1773144000'],
    ['{{ "now" | plus_days: -1 }}', '2026-03-09T12:00:00.000Z'],
    ['{{ event.data.due | plus_days: 30 }}', '2026-04-09'],
    ['{{ event.data.due | plus_minutes: 90 }}', '2026-03-10T01:30:00.000Z'],
    ['{{ "someday" | date: "%Y" }}', 'someday'],
    [
      '{{ now | date: "%Y", "Mars/Base" }}',
      "problem: the time zone 'Mars/Base' is not known; use an IANA name such as Europe/Paris",
    ],
  ])('time: %s', (source, expected) => {
    expect(text(source)).toBe(expected);
  });

  it('is escaped for HTML unless it says otherwise', () => {
    const html = { escape: 'html' };
    expect(text('<p>{{ event.data.html }}</p>', html)).toBe('<p>&lt;b onclick=&quot;x&quot;&gt;&amp;&lt;/b&gt;</p>');
    expect(text('<p>{{ event.data.html | raw }}</p>', html)).toBe('<p><b onclick="x">&</b></p>');
    expect(text('{% echo event.data.html %}', html)).toBe('&lt;b onclick=&quot;x&quot;&gt;&amp;&lt;/b&gt;');
    expect(text('{{ event.data.html }}')).toBe('<b onclick="x">&</b>');
  });
});

describe('unknown variables (SPEC V2)', () => {
  it('render empty and are told, when they were evaluated', () => {
    expect(text('[{{ event.data.nothing }}]')).toBe('[]');
    expect(unknown('{{ event.data.nothing }} {{ nowhere }} {{ record.name }}')).toEqual([
      'event.data.nothing',
      'nowhere',
    ]);
    expect(unknown('{% if before %}{{ before.plan }}{% endif %}')).toEqual([]);
    expect(unknown('{{ before.plan }}')).toEqual(['before.plan']);
  });

  it('a field that is there and null is not unknown', () => {
    expect(unknown('{{ record.note }}{{ before }}')).toEqual([]);
  });

  it('asking whether something is there is no rendering of it', () => {
    expect(
      unknown(
        '{% if record.x %}a{% endif %}{% unless record.y %}b{% endunless %}{{ record.z | default: "c" }}{% case record.w %}{% when 1 %}d{% endcase %}',
      ),
    ).toEqual([]);
    expect(unknown('{% if record.name %}{{ record.x }}{% endif %}')).toEqual(['record.x']);
  });

  it('what a loop or the template itself names is told only for its missing fields', () => {
    expect(unknown('{% for line in event.data.lines %}{{ line.title }}{{ line.tax }}{% endfor %}')).toEqual([
      'line.tax',
    ]);
    expect(unknown('{% assign a = event.data.x %}{{ a }}')).toEqual(['event.data.x']);
  });
});

describe('what a template cannot reach (SPEC V1)', () => {
  it.each([
    '{{ constructor }}{{ event.constructor.name }}{{ event.__proto__ }}{{ record.toString }}',
    '{{ event.data.lines.map }}{{ "x".constructor }}{{ event.data.lines.__proto__ }}',
  ])('prototypes: %s', (source) => {
    expect(text(source)).toBe('');
  });

  it.each([
    '{% include "a" %}',
    '{% render "a" %}',
    '{% layout "a" %}',
    '{% increment vars %}',
    '{% cycle "a", "b" %}',
  ])('tags: %s', (source) => {
    expect(text(source)).toMatch(/^problem: tag "\w+" not found/);
  });

  it.each(['sample', 'sha256', 'where_exp: "x", "x"', 'base64_encode', 'date_to_string', 'no_such'])(
    'filters: %s',
    (filter) => {
      expect(text(`{{ event.data.lines | ${filter} }}`)).toMatch(/^problem: undefined filter/);
    },
  );

  it.each(filterNames)('the filter %s is there', (filter) => {
    expect(parseTemplate(`{{ event.data.lines | ${filter}: 1 }}`).ok).toBe(true);
  });

  it('leaves the scope as it was', () => {
    const before = structuredClone(view);
    text(
      '{% assign record = 1 %}{% capture event %}x{% endcapture %}{{ event.data.lines | reverse | concat: event.data.lines }}',
    );
    expect(view).toEqual(before);
  });
});

describe('problems say where', () => {
  it.each([
    ['Dear\n  {{ record.name', 2, 3, 'not closed'],
    ['{% if a %}', 1, 1, 'not closed'],
    ['a\nb {% for %}x{% endfor %}', 2, 3, 'illegal tag'],
    ['{{ a | nope }}', 1, 1, 'undefined filter: nope'],
    ['one\n{{ "x" | url_decode }}{{ "%" | url_decode }}', 2, 23, 'URI malformed'],
  ])('%s', (source, line, column, message) => {
    const rendered = renderTemplate(source, view);
    expect(rendered).toMatchObject({ ok: false, error: { line, column } });
    expect(rendered.ok ? '' : rendered.error.message).toContain(message);
  });

  it('a template that is too long is refused', () => {
    expect(parseTemplate('x{{ y }}'.repeat(5000))).toMatchObject({ ok: false, error: { line: 1 } });
  });
});

describe('the variables of a template', () => {
  it('are those of the scope, whether or not they would be evaluated', () => {
    const source =
      '{% if record.plan == "gold" %}{{ event.data.amount | money: event.data.currency }}{% endif %}' +
      '{% for line in event.data.lines %}{{ line.title }}{% endfor %}{% assign x = vars.total %}{{ x }}{{ steps[vars.key].output }}';
    expect(templateVariables(source)).toEqual({
      ok: true,
      value: [
        'event.data.amount',
        'event.data.currency',
        'event.data.lines',
        'record.plan',
        'steps',
        'vars.key',
        'vars.total',
      ],
    });
    expect(templateVariables('{{ a')).toMatchObject({ ok: false });
  });
});
