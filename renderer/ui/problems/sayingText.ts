import type { i18n } from 'i18next';
import { englishOf } from '#shared/kernel/sentences/sentence.ts';
import type { SaidValue, Saying } from '#shared/kernel/sentences/sentence.ts';

/** What the sentence is about, where its values can only be named by that: the kind of a state, the field of a choice. */
interface About {
  kind: string;
  field: string;
}

/** What is needed of i18next. */
export type Texts = Pick<i18n, 't' | 'exists' | 'language'>;

const nothing: About = { kind: '', field: '' };

/**
 * A saying in the person's language; what this console has no sentence for (a newer server's) in English, which is `english`
 * where the saying itself cannot tell. Kinds, fields, states and stretches of time in it are named as everywhere else.
 */
export function sayingText(texts: Texts, says: Saying, english: string = englishOf(says), about = nothing): string {
  const { key, values = {} } = says;
  if (key === 'custom') return typeof values['message'] === 'string' ? values['message'] : english;
  const here: About = { kind: textOf(values['kind']) || about.kind, field: textOf(values['field']) || about.field };
  const shown = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, valueText(texts, name, value, here)]),
  );
  const place = key === 'rule_problem' ? `rules:problem.${textOf(values['code'])}` : `problems:sentence.${key}`;
  const count = values['count'];
  return texts.exists(place, typeof count === 'number' ? { count } : {}) ? texts.t(place, shown) : english;
}

function valueText(texts: Texts, name: string, value: SaidValue, about: About): string | number {
  if (typeof value === 'number') return name === 'wait' || name === 'seconds' ? duration(texts.language, value) : value;
  if (typeof value === 'string') return isolated(texts, word(texts, name, value, about));
  if (isSaying(value)) return sayingText(texts, value, englishOf(value), about);
  if (value.length === 0) return texts.t('problems:none');
  const separator = texts.language.startsWith('ar') ? '، ' : ', ';
  return value.map((one) => isolated(texts, word(texts, name, one, about))).join(separator);
}

/** Names of the values whose words the console has. */
function word(texts: Texts, name: string, value: string, { kind, field }: About): string {
  const label = (key: string) => (texts.exists(`resources:${key}`) ? texts.t(`resources:${key}`) : '');
  switch (name) {
    case 'kind':
      return label(`kinds.${value}.one`) || value;
    case 'field':
    case 'fields':
      return fieldLabel(value, (path) => label(`fields.${kind}.${path}`) || label(`envelope.${path}`));
    case 'from':
    case 'to':
    case 'initial':
    case 'status':
    case 'allowed':
      return label(`states.${kind}.${value}`) || value;
    case 'state':
      return label(`states.event.${value}`) || value;
    case 'options':
      return label(`choices.${kind}.${field}.${value}`) || value;
    case 'operator':
      return texts.exists(`automation:operator.${value}`) ? texts.t(`automation:operator.${value}`) : value;
    default:
      return value;
  }
}

function fieldLabel(path: string, labelOf: (path: string) => string): string {
  const plain = path.replace(/^body\./, '');
  const [top = plain, ...rest] = plain.split('.');
  return labelOf(plain) || [labelOf(top) || top, ...rest].join(' › ');
}

/** Latin words inside Arabic keep their own direction, and what follows them its place. */
function isolated({ language }: Texts, text: string): string {
  return language.startsWith('ar') ? `\u2068${text}\u2069` : text;
}

/** Seconds in the unit in which people wait; rounded up, so that nobody comes too early. */
function duration(language: string, seconds: number): string {
  const [value, unit] =
    seconds < 90
      ? [Math.ceil(seconds), 'second']
      : seconds < 5400
        ? [Math.ceil(seconds / 60), 'minute']
        : [Math.ceil(seconds / 3600), 'hour'];
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}

function isSaying(value: readonly string[] | Saying): value is Saying {
  return !Array.isArray(value);
}

function textOf(value: SaidValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
