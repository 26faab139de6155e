import type { CompiledRule } from './decideRule.ts';

/** The active rules by the events they listen to. */
export interface RuleIndex {
  /** Takes the place of the rule with the same id. Inactive rules are taken out. */
  put: (rule: CompiledRule) => void;
  remove: (id: string) => void;
  get: (id: string) => CompiledRule | undefined;
  readonly size: number;
  /** Active rules that listen to the event and may see its tenant; by priority, higher first, then by id. */
  candidates: (eventName: string, tenantId: string) => CompiledRule[];
  /** Whether any active rule listens to it, in whatever tenant. */
  listens: (eventName: string) => boolean;
}

export function createRuleIndex(): RuleIndex {
  throw new Error('being written');
}
