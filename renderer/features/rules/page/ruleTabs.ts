/** The tabs of a rule's page, in their order; also the last part of its path. */
export const ruleTabs = ['overview', 'runs', 'revisions', 'simulator', 'tests', 'why', 'history'] as const;
export type RuleTab = (typeof ruleTabs)[number];

export function isRuleTab(value: string): value is RuleTab {
  return ruleTabs.some((tab) => tab === value);
}
