import type { RecordEnvelope } from '../../records/envelope.ts';
import { textIn } from '../../records/readBody.ts';
import { rule as ruleResource } from '../../resources/automation/rule.ts';
import type { Rule } from '../../resources/automation/rule.ts';
import { resourceByKind } from '../../resources/registry.ts';
import { parsePattern, patternMatches } from '../automation/patterns/eventPattern.ts';
import type { EventPattern } from '../automation/patterns/eventPattern.ts';
import { eventFactsOf } from '../automation/rules/eventFactsOf.ts';
import { patternOfTrigger } from '../automation/rules/ruleSubscriptions.ts';
import { isDirected } from '../automation/rules/triggerEvents.ts';

/** The kind of record that an event or run names, where it is one of ours: for which steps without a kind of their own run. */
export function kindNamedBy({ body }: Pick<RecordEnvelope, 'body'>): string | undefined {
  const kind = textIn(body, 'entityType');
  return resourceByKind(kind) ? kind : undefined;
}

/** The active rules among these that an event sets off, were their conditions to hold. */
export function listeningRules(event: RecordEnvelope, rules: readonly RecordEnvelope[]): Rule[] {
  const { name, tenantId, data } = eventFactsOf(event);
  return rules.flatMap((record): Rule[] => {
    if (record.body['isActive'] !== true || (record.tenantId !== '' && record.tenantId !== tenantId)) return [];
    if (isDirected(name) && data['ruleId'] !== record.id) return [];
    const known = readRule(record);
    return known && patternMatches(known.pattern, name) ? [known.rule] : [];
  });
}

export interface ReadRule {
  rule: Rule;
  pattern: EventPattern;
}
/** Records never change, so one reading serves every event. */
const read = new WeakMap<RecordEnvelope, ReadRule | null>();

/** A rule with what it listens to; null where it cannot be read, and so never runs. */
export function readRule(record: RecordEnvelope): ReadRule | null {
  let known = read.get(record);
  if (known === undefined) {
    const body = ruleResource.body.safeParse(record.body);
    const pattern = body.success ? parsePattern(patternOfTrigger(body.data.trigger)) : undefined;
    known = body.success && pattern?.ok ? { rule: { ...record, body: body.data }, pattern: pattern.value } : null;
    read.set(record, known);
  }
  return known;
}
