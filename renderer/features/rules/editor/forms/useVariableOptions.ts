import { useMemo } from 'react';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import type { ScopeVariable } from '../code/scopeVariables.ts';

/** The choices of a field in the person's words where it is a record's; as they are where it is an event's. */
export function useVariableOptions(
  variable: ScopeVariable | undefined,
): readonly { value: string; label: string }[] | undefined {
  const words = useRecordWords();
  return useMemo(() => {
    const [root = '', ...rest] = (variable?.path ?? '').split('.');
    const kind = root === 'tenant' ? 'tenant' : (variable?.owner ?? '');
    return variable?.options?.map((value) => ({
      value,
      label: (kind === '' ? '' : words.value(kind, rest.join('.'), value)) || value,
    }));
  }, [variable, words]);
}
