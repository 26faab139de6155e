import { parsePattern, patternMatches } from '#shared/domain/automation/patterns/eventPattern.ts';
import type { EventPattern } from '#shared/domain/automation/patterns/eventPattern.ts';
import { patternOfTrigger } from '#shared/domain/automation/rules/ruleSubscriptions.ts';
import type { Rule } from '#shared/resources/automation/rule.ts';
import type { GroupCount } from '#renderer/data/replicaApi.ts';

export interface ReplayEstimate {
  events: number;
  /** Rules that listen to at least one of them; whether they run is for their conditions. */
  rules: { id: string; name: string }[];
}

/** From events grouped by module, code and tenant: how many fit a pattern, and which rules listen to them. */
export function estimateReplay(groups: readonly GroupCount[], pattern: string, rules: readonly Rule[]): ReplayEstimate {
  const wanted = parsePattern(pattern);
  if (!wanted.ok) return { events: 0, rules: [] };
  const names = new Map<string, Set<string>>();
  let events = 0;
  for (const { values, count } of groups) {
    const [module, code, tenantId = ''] = values.map(String);
    const name = `${module}.${code}`;
    if (!patternMatches(wanted.value, name)) continue;
    events += count;
    const tenants = names.get(name) ?? new Set();
    names.set(name, tenants.add(tenantId));
  }
  const listening = rules.filter((one) => {
    const own = parsePattern(patternOfTrigger(one.body.trigger));
    return own.ok && listens(own.value, one.tenantId, names);
  });
  return { events, rules: listening.map((one) => ({ id: one.id, name: one.body.name })) };
}

function listens(pattern: EventPattern, tenantId: string, names: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  for (const [name, tenants] of names)
    if ((tenantId === '' || tenants.has(tenantId)) && patternMatches(pattern, name)) return true;
  return false;
}
