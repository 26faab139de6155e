import type { Comparison, ConditionGroup } from '#shared/resources/automation/condition.ts';
import type { Json } from '#shared/kernel/json.ts';

/** What a sentence about conditions is made of, in one language. */
export interface ConditionLanguage {
  operator: (operator: Comparison['operator']) => string;
  and: string;
  or: string;
  /** The parts with "none of" before them. */
  none: (parts: string) => string;
  yes: string;
  no: string;
  number: (value: number) => string;
  listSeparator: string;
}

/** Keeps a piece of another direction together inside the sentence. */
const isolated = (text: string) => `\u2068${text}\u2069`;
const unary = new Set<Comparison['operator']>(['is_empty', 'is_not_empty', 'is_true', 'is_false', 'changed']);
/** Beyond so many characters a sentence is no longer read. */
const longestValue = 60;

/** Conditions as one sentence; '' where there are none. Groups inside a group stand in brackets. */
export function conditionSentence(group: ConditionGroup, language: ConditionLanguage): string {
  const parts = group.conditions.flatMap((condition) => {
    if (condition.type === 'comparison') return [comparisonWords(condition, language)];
    const inner = conditionSentence(condition, language);
    if (inner === '') return [];
    return [condition.match === 'not' || condition.conditions.length < 2 ? inner : `(${inner})`];
  });
  if (parts.length === 0) return '';
  switch (group.match) {
    case 'and':
      return parts.join(` ${language.and} `);
    case 'or':
      return parts.join(` ${language.or} `);
    case 'not':
      return language.none(parts.join(language.listSeparator));
  }
}

function comparisonWords({ field, operator, value, valueSource }: Comparison, language: ConditionLanguage): string {
  const start = `${isolated(field)} ${language.operator(operator)}`;
  if (unary.has(operator) || value === undefined) return start;
  const end = valueSource === 'field' && typeof value === 'string' ? isolated(value) : valueWords(value, language);
  return `${start} ${end}`;
}

/** A value inside a sentence: texts in quotation marks, long ones cut. */
export function valueWords(
  value: Json,
  language: Pick<ConditionLanguage, 'number' | 'yes' | 'no' | 'listSeparator'>,
): string {
  if (typeof value === 'string') return isolated(`“${cut(value)}”`);
  if (typeof value === 'number') return language.number(value);
  if (typeof value === 'boolean') return value ? language.yes : language.no;
  if (Array.isArray(value)) return cut(value.map((item) => valueWords(item, language)).join(language.listSeparator));
  return isolated(cut(JSON.stringify(value)));
}

function cut(text: string): string {
  return text.length > longestValue ? `${text.slice(0, longestValue - 1)}…` : text;
}
