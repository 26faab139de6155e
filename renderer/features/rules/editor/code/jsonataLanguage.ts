import { StreamLanguage } from '@codemirror/language';

/** Enough of JSONata to colour it: strings, numbers, words of the language, variables and functions. */
export const jsonataLanguage = StreamLanguage.define({
  name: 'jsonata',
  token: (stream) => {
    if (stream.eatSpace()) return null;
    if (stream.match(/^\/\*.*?(\*\/|$)/)) return 'comment';
    if (stream.match(/^"(\\.|[^"\\])*"?/) || stream.match(/^'(\\.|[^'\\])*'?/)) return 'string';
    if (stream.match(/^\d+(\.\d+)?/)) return 'number';
    if (stream.match(/^\$[A-Za-z]\w*(?=\s*\()/)) return 'variableName.function';
    if (stream.match(/^\$\$?[A-Za-z]?\w*/)) return 'variableName';
    if (stream.match(/^(and|or|in|function)\b/)) return 'keyword';
    if (stream.match(/^(true|false|null)\b/)) return 'bool';
    if (stream.match(/^(`[^`]*`|[A-Za-z_]\w*)/)) return 'propertyName';
    stream.next();
    return 'operator';
  },
});

/** Functions of JSONata that work on what rules read. */
export const jsonataFunctions = [
  '$sum',
  '$count',
  '$max',
  '$min',
  '$average',
  '$round',
  '$floor',
  '$ceil',
  '$abs',
  '$number',
  '$string',
  '$boolean',
  '$not',
  '$exists',
  '$length',
  '$substring',
  '$substringBefore',
  '$substringAfter',
  '$uppercase',
  '$lowercase',
  '$trim',
  '$pad',
  '$contains',
  '$split',
  '$join',
  '$replace',
  '$match',
  '$keys',
  '$lookup',
  '$merge',
  '$append',
  '$distinct',
  '$sort',
  '$reverse',
  '$filter',
  '$map',
  '$reduce',
  '$toMillis',
  '$fromMillis',
  '$formatNumber',
] as const;
