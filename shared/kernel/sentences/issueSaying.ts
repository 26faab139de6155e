import type * as z from 'zod';
import { englishOf, isSentenceKey, saying } from './sentence.ts';
import type { Saying } from './sentence.ts';

const types: Readonly<Record<string, Saying>> = {
  string: saying('not_text'),
  number: saying('not_a_number'),
  nan: saying('not_a_number'),
  int: saying('not_a_whole_number'),
  boolean: saying('not_a_flag'),
  array: saying('not_a_list'),
  object: saying('not_an_object'),
  record: saying('not_an_object'),
};
const formats: Readonly<Record<string, Saying>> = {
  email: saying('not_an_email'),
  url: saying('not_an_address'),
  datetime: saying('not_a_time'),
  date: saying('not_a_time'),
  time: saying('not_a_time'),
};
const mostOptions = 20;

/** What a schema has against a value, as a part of a sentence that consoles have in every language. */
export function issueSaying(issue: z.core.$ZodIssue | undefined): Saying {
  if (!issue) return saying('unknown_reason');
  switch (issue.code) {
    case 'invalid_type':
      if (issue.message.includes('received undefined')) return saying('value_missing');
      return types[issue.expected] ?? saying('wrong_form');
    case 'too_small':
      return tooSmall(issue);
    case 'too_big':
      return tooBig(issue);
    case 'not_multiple_of':
      return saying('not_a_multiple', { step: issue.divisor });
    case 'invalid_value':
      return saying('not_a_choice', { options: issue.values.slice(0, mostOptions).map(String) });
    case 'invalid_format':
      return (
        formats[issue.format] ??
        (issue.format === 'regex' && issue.pattern !== undefined
          ? saying('not_in_form', { pattern: issue.pattern })
          : saying('wrong_form'))
      );
    case 'unrecognized_keys':
      return saying('unknown_names', { names: issue.keys.slice(0, mostOptions) });
    case 'custom':
      return customSaying(issue);
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
      return saying('wrong_form');
  }
}

/** For `addIssue` and `refine` of a schema: the sentence in English, and what makes it translatable. */
export function customIssue(says: Saying): { message: string; params: { says: Saying } } {
  return { message: englishOf(says), params: { says } };
}

function customSaying({ message, params }: z.core.$ZodIssueCustom): Saying {
  const says = params?.['says'] as Saying | undefined;
  if (says !== undefined && isSentenceKey(says.key)) return says;
  return { key: 'custom', values: { message } };
}

function tooSmall({ origin, minimum, inclusive }: z.core.$ZodIssueTooSmall): Saying {
  const limit = Number(minimum);
  if (origin === 'string') return limit <= 1 ? saying('value_empty') : saying('text_too_short', { limit });
  if (origin === 'array' || origin === 'set') return saying('list_too_short', { limit });
  return inclusive === false ? saying('number_not_above', { limit }) : saying('number_too_low', { limit });
}

function tooBig({ origin, maximum, inclusive }: z.core.$ZodIssueTooBig): Saying {
  const limit = Number(maximum);
  if (origin === 'string') return saying('text_too_long', { limit });
  if (origin === 'array' || origin === 'set') return saying('list_too_long', { limit });
  return inclusive === false ? saying('number_not_below', { limit }) : saying('number_too_high', { limit });
}
