import { describe, expect, it } from 'vitest';
import { parserSentences } from '../../../kernel/sentences/parsers.ts';
import { recognise } from '../../../kernel/sentences/recognise.ts';
import { englishOf } from '../../../kernel/sentences/sentence.ts';
import { checkEventData } from '../events/checkEventData.ts';
import { parsePattern } from '../patterns/eventPattern.ts';
import { evaluateExpression, parseExpression } from '../values/evaluateExpression.ts';
import { linearPattern } from '../values/linearPattern.ts';
import { parseSchedule } from '../values/occurrences.ts';
import { parseTemplate } from '../values/renderTemplate.ts';

type Said = { ok: true } | { ok: false; error: string | { message: string } };
const pattern = (text: string) => () => parsePattern(text);
const schedule =
  (cron: string, zone = 'UTC') =>
  () =>
    parseSchedule(cron, zone);
const expression = (source: string) => () => parseExpression(source);
const value = (source: string) => () => evaluateExpression(source, { amount: 'x' });
const template = (source: string) => () => parseTemplate(source);
const regular = (source: string) => () => linearPattern(source);
const data = (schema: object, given: { [name: string]: string }) => () =>
  checkEventData({ type: 'object', ...schema }, given);
const word = { properties: { a: { type: 'number' } } };

/** For every sentence a text that a real parser refuses with it. */
const refused: Readonly<Record<keyof typeof parserSentences, () => Said | Promise<Said>>> = {
  pattern_empty: pattern(''),
  pattern_too_long: pattern('a'.repeat(201)),
  segment_empty: pattern('user..created'),
  segment_rest_inside: pattern('**.created'),
  segment_partly_any: pattern('user.cre*'),
  segment_wrong: pattern('user.Created'),
  schedule_unknown: schedule('@often'),
  schedule_question: schedule('0 0 ? * *'),
  schedule_many_fields: schedule('0 0 0 * * *'),
  schedule_few_fields: schedule('0 0'),
  schedule_zone: schedule('0 0 * * *', 'Nowhere/Town'),
  schedule_never: schedule('0 0 31 2 *'),
  schedule_no_cron: schedule('99 0 * * *'),
  expression_too_long: expression('1'.repeat(10_001)),
  expression_dots: expression('a.'.repeat(3000)),
  expression_empty: expression(' '),
  expression_function: value('$sum'),
  expression_not_steady: expression('$random()'),
  expression_pattern: expression('$match(a, /(?=x)/)'),
  expression_too_deep: expression(`${'('.repeat(4900)}1`),
  expression_text_too_long: () => ({ ok: false, error: parserSentences.expression_text_too_long }),
  expression_text_open: expression('"abc'),
  expression_syntax: expression('1 2'),
  expression_expected: expression('(1 ]'),
  expression_expected_end: expression('(1'),
  expression_operator: expression('1 ! 2'),
  expression_unfinished: expression('1 +'),
  expression_unary: expression('1 + ; 2'),
  expression_no_function: value('amount()'),
  expression_not_numbers_left: value('amount * 2'),
  expression_not_numbers_right: value('2 * amount'),
  template_too_long: template('x'.repeat(20_001)),
  template_too_deep: () => ({ ok: false, error: parserSentences.template_too_deep }),
  template_text_too_long: () => ({ ok: false, error: parserSentences.template_text_too_long }),
  template_tag_open: template('{% if a %}'),
  template_output_open: template('{{ a'),
  template_tag_unknown: template('{% nothing %}'),
  template_filter_unknown: template('{{ a | nothing }}'),
  template_value_wrong: template('{{ = }}'),
  regular_expression_size: regular('a'.repeat(501)),
  regular_expression_repeats: regular('(a{999}b{999}){1}(a{999}b{999})(a{999}b{999})'),
  regular_expression_count: regular('((a{100}){100}){100}'),
  regular_expression_bracket: regular('[a'),
  regular_expression_parenthesis: regular('(a'),
  regular_expression_no_opening: regular('a)'),
  regular_expression_nothing_repeated: regular('*a'),
  regular_expression_unsupported: regular('(?=a)'),
  regular_expression_backslash: regular('a\\'),
  data_missing: data({ required: ['a'] }, {}),
  data_unknown: data({ additionalProperties: false }, { a: 'x' }),
  data_not_among: data({ properties: { a: { enum: ['y'] } } }, { a: 'x' }),
  data_other_type: data(word, { a: 'x' }),
};

describe('what parsers of rules say', () => {
  it.each(Object.entries(refused))('%s is recognised in what the parser answers', async (key, refuse) => {
    const outcome = await refuse();
    if (outcome.ok) throw new Error('nothing was refused');
    const message = typeof outcome.error === 'string' ? outcome.error : outcome.error.message;
    const says = recognise(message);
    expect({ key: says?.key, message }).toEqual({ key, message });
    expect(says && englishOf(says)).toBe(message);
  });

  it('other texts are nobody’s sentence', () => {
    expect(recognise('Something else.')).toBeUndefined();
    expect(recognise('')).toBeUndefined();
  });

  it('of a text without end only the beginning is read', () => {
    const cron = 'x'.repeat(1800);
    expect(recognise(`'${cron}' has a '?', which depends on when it is read; use '*'`)).toEqual({
      key: 'schedule_question',
      values: { cron },
    });
    expect(recognise(`'${cron}' is no cron expression: ${'y'.repeat(200_000)}`)).toEqual({
      key: 'schedule_no_cron',
      values: { cron, why: 'y'.repeat(2000 - cron.length - `'' is no cron expression: `.length) },
    });
    expect(recognise(`'${"' is ".repeat(50_000)}' has a '?', which depends on when it is read`)).toBeUndefined();
  });
});
