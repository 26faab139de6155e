import { createPatternIndex } from '../patterns/patternIndex.ts';
import type { PatternIndex } from '../patterns/patternIndex.ts';
import type { EventFacts } from '../scope.ts';
import type { CompiledRule } from './decideRule.ts';
import { isDirected } from './triggerEvents.ts';

/** The active rules by the events they listen to. */
export interface RuleIndex {
  /** Takes the place of the rule with the same id. An inactive rule is taken out. */
  put: (rule: CompiledRule) => void;
  remove: (id: string) => void;
  get: (id: string) => CompiledRule | undefined;
  readonly size: number;
  /** Active rules that listen to the event and may see its tenant; by priority, higher first, then by id. */
  candidates: (eventName: string, tenantId: string) => readonly CompiledRule[];
  /** The same for a whole event; one that names a rule concerns that rule only. */
  candidatesFor: (event: Pick<EventFacts, 'name' | 'tenantId' | 'data'>) => readonly CompiledRule[];
  /** Whether any active rule listens to it, in whatever tenant. */
  listens: (eventName: string) => boolean;
}

/** Answers that are remembered until a rule changes; beyond it they are found anew. */
const mostRemembered = 2000;

/** Rules of the platform and of each tenant stand apart, so that an event costs nothing for those of other tenants. */
export function createRuleIndex(): RuleIndex {
  const rules = new Map<string, CompiledRule>();
  const byTenant = new Map<string, { index: PatternIndex<CompiledRule>; size: number }>();
  /** In the order of the rules, by tenant with rules of its own ('' for all others) and event. */
  const remembered = new Map<string, readonly CompiledRule[]>();

  const remove = (id: string): void => {
    const rule = rules.get(id);
    if (!rule) return;
    remembered.clear();
    rules.delete(id);
    const held = byTenant.get(rule.tenantId);
    if (!held || !rule.pattern) return;
    held.index.remove(rule.pattern, rule);
    held.size -= 1;
    if (held.size === 0) byTenant.delete(rule.tenantId);
  };
  const matches = (tenantId: string, eventName: string) => byTenant.get(tenantId)?.index.match(eventName) ?? [];
  const candidates: RuleIndex['candidates'] = (eventName, tenantId) => {
    const whose = byTenant.has(tenantId) ? tenantId : '';
    const key = `${whose}|${eventName}`;
    let found = remembered.get(key);
    if (!found) {
      found = find(eventName, whose);
      if (remembered.size >= mostRemembered) remembered.clear();
      remembered.set(key, found);
    }
    return found;
  };
  const find = (eventName: string, tenantId: string): readonly CompiledRule[] => {
    const shared = matches('', eventName);
    if (tenantId === '') return shared;
    const own = matches(tenantId, eventName);
    if (own.length === 0) return shared;
    return shared.length === 0 ? own : [...shared, ...own].sort(byPriority);
  };

  return {
    put: (rule) => {
      remove(rule.id);
      if (!rule.isActive) return;
      remembered.clear();
      rules.set(rule.id, rule);
      if (!rule.pattern) return;
      const held = byTenant.get(rule.tenantId) ?? { index: createPatternIndex<CompiledRule>(byPriority), size: 0 };
      held.index.add(rule.pattern, rule);
      held.size += 1;
      byTenant.set(rule.tenantId, held);
    },
    remove,
    get: (id) => rules.get(id),
    get size() {
      return rules.size;
    },
    candidates,
    candidatesFor: ({ name, tenantId, data }) => {
      if (!isDirected(name)) return candidates(name, tenantId);
      const rule = rules.get(String(data['ruleId']));
      return rule && (rule.tenantId === '' || rule.tenantId === tenantId) ? [rule] : [];
    },
    listens: (eventName) => [...byTenant.values()].some(({ index }) => index.anyMatches(eventName)),
  };
}

function byPriority(left: CompiledRule, right: CompiledRule): number {
  return right.priority - left.priority || (left.id < right.id ? -1 : left.id > right.id ? 1 : 0);
}
