import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { unreachable } from '#shared/kernel/exhaustive.ts';
import type { Json } from '#shared/kernel/json.ts';
import type { ComparisonResult } from '#shared/domain/automation/conditions/conditionResult.ts';
import type { RuleDecision } from '#shared/domain/automation/rules/decideRule.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { shortValue } from './shortValue.ts';

export interface DecisionWords {
  /** What the comparison asks: "event.data.amount is above 500". */
  asks: (result: Pick<ComparisonResult, 'field' | 'operator' | 'expected' | 'expectedField'>) => string;
  /** What was found instead: "it was 320"; with the reason where two values could not be compared. */
  found: (result: ComparisonResult) => string;
  /** Why a rule does not run, or that it does, in a sentence. */
  decision: (decision: RuleDecision, eventName: string, eventTenantId: string) => string;
  value: (value: Json | undefined) => string;
}

/** Keeps a value's own direction inside a sentence of the other. */
const isolated = (text: string) => `\u2068${text}\u2069`;

/** Decisions and comparisons in sentences of the person's language. */
export function useDecisionWords(): DecisionWords {
  const { t } = useTranslation('simulator');
  const words = useRecordWords();
  return useMemo(() => {
    const value = (held: Json | undefined): string => {
      if (held === undefined) return t('value.missing');
      if (held === null || held === '' || (Array.isArray(held) && held.length === 0)) return t('value.empty');
      return isolated(shortValue(held));
    };
    const tenant = (id: string) => (id === '' ? t('platform') : isolated(words.name('tenant', id)));
    const asks: DecisionWords['asks'] = ({ field, operator, expected, expectedField }) => {
      const other = expectedField === undefined ? value(expected) : `${isolated(expectedField)} (${value(expected)})`;
      const ends = Array.isArray(expected) && expected.length === 2 ? expected : undefined;
      const [low, high] = ends && operator === 'between' ? [value(ends[0]), value(ends[1])] : ['', ''];
      return t(`asks.${operator}`, { field: isolated(field), expected: other, low, high });
    };
    const found: DecisionWords['found'] = (result) => {
      const actual = t('found', { actual: value(result.actual) });
      const before = result.previous === undefined ? '' : ` ${t('foundBefore', { previous: value(result.previous) })}`;
      return result.reason === undefined ? `${actual}${before}` : `${actual}${before} ${t(`reason.${result.reason}`)}`;
    };
    const decision: DecisionWords['decision'] = (decided, eventName, eventTenantId) => {
      if (decided.decision === 'run') return t('decision.run');
      switch (decided.because) {
        case 'inactive':
          return t('decision.inactive');
        case 'trigger':
          return t('decision.trigger', { pattern: isolated(decided.pattern), event: isolated(eventName) });
        case 'tenant':
          return t('decision.tenant', { rule: tenant(decided.ruleTenantId), event: tenant(eventTenantId) });
        case 'field_change':
          return decided.found === undefined
            ? t('decision.fieldUntouched', { field: isolated(decided.field) })
            : t('decision.fieldChange', { field: isolated(decided.field), found: value(decided.found) });
        case 'conditions':
          return decided.decidedBy === undefined
            ? t('decision.emptyGroup')
            : t('decision.conditions', { asks: asks(decided.decidedBy), found: found(decided.decidedBy) });
        default:
          return unreachable(decided);
      }
    };
    return { asks, found, decision, value };
  }, [t, words]);
}
