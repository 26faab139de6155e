import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { jsonataFunctions } from './jsonataLanguage.ts';
import { partsUnder } from './scopeVariables.ts';
import type { ScopeVariable, VariablePart } from './scopeVariables.ts';

/** What completions say, in the person's language. */
export interface CompletionWords {
  type: (type: ScopeVariable['type']) => string;
}

/** What can stand next in a path, with its type and what it means. */
export function completionsUnder(
  variables: readonly ScopeVariable[],
  before: readonly string[],
  words: CompletionWords,
): Completion[] {
  return partsUnder(variables, before).map((part, index) => ({
    label: part.name,
    type: 'variable',
    detail: part.variable ? words.type(part.variable.type) : '…',
    boost: 50 - Math.min(index, 100),
    ...infoOf(part),
  }));
}

function infoOf({ variable }: VariablePart): Pick<Completion, 'info'> {
  if (!variable) return {};
  const text = [variable.description, (variable.options ?? []).join(', ')].filter((part) => part !== '').join(' · ');
  return text === '' ? {} : { info: text };
}

/** Completes paths and functions in JSONata. */
export function jsonataCompletion(variables: () => readonly ScopeVariable[], words: CompletionWords) {
  return (context: CompletionContext): CompletionResult | null => {
    const path = context.matchBefore(/[A-Za-z_][\w.]*\.?/);
    const call = context.matchBefore(/\$\w*/);
    if (call) {
      const options = jsonataFunctions.map((label) => ({ label, apply: `${label}(`, type: 'function' }));
      return { from: call.from, options, validFor: /^\$\w*$/ };
    }
    if (!path && !context.explicit) return null;
    const names = (path?.text ?? '').split('.');
    const typed = names.pop() ?? '';
    const options = completionsUnder(variables(), names, words);
    return options.length === 0 ? null : { from: context.pos - typed.length, options, validFor: /^\w*$/ };
  };
}
