import { compileRule } from '#shared/domain/automation/rules/decideRule.ts';
import type { CompiledRule } from '#shared/domain/automation/rules/decideRule.ts';
import { createRuleIndex } from '#shared/domain/automation/rules/ruleIndex.ts';
import { isDirected } from '#shared/domain/automation/rules/triggerEvents.ts';
import { parsePattern } from '#shared/domain/automation/patterns/eventPattern.ts';
import type { EventPattern } from '#shared/domain/automation/patterns/eventPattern.ts';
import { createPatternIndex } from '#shared/domain/automation/patterns/patternIndex.ts';
import { dueAt } from '#shared/domain/automation/values/dueDate.ts';
import type { EventFacts } from '#shared/domain/automation/scope.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { valueAtPath } from '#shared/records/valueAtPath.ts';
import { eventType } from '#shared/resources/automation/eventType.ts';
import { rule as ruleResource } from '#shared/resources/automation/rule.ts';
import type { Rule } from '#shared/resources/automation/rule.ts';
import { branchesOf } from '#shared/resources/automation/step.ts';
import type { Step } from '#shared/resources/automation/step.ts';
import type { StoreReader } from '../storage/store.ts';
import { living } from './livingRecord.ts';
import { readsOf } from './ruleReads.ts';
import type { RuleReads } from './ruleReads.ts';

/** A rule as the engine keeps it ready. `compiled` decides as if the rule were active, so that paused ones are decided too. */
export interface KnownRule {
  record: Rule;
  compiled: CompiledRule;
  /** What its conditions look at, besides the event. */
  reads: RuleReads;
  /** What its steps may wait for. */
  awaited: readonly EventPattern[];
}

export interface Candidates {
  rules: readonly KnownRule[];
  /** What the conditions of any of them look at. */
  reads: RuleReads;
  /** Whether each of them runs is a matter of its conditions alone: all else was settled when they were found. */
  onlyConditions: boolean;
}

export interface KnownType {
  isActive: boolean;
  /** The same object as long as the type is the same. */
  dataSchema: object;
}

/** Rules and event types in memory, brought up to the transaction that asks: few, and needed for every event. */
export interface RuleBook {
  catchUp: (reader: StoreReader) => Promise<void>;
  /** Active rules that listen to the event, and paused ones that keep what they miss; by priority, then id. */
  candidates: (event: EventFacts) => Candidates;
  rule: (id: string) => KnownRule | undefined;
  rules: () => Iterable<KnownRule>;
  type: (name: string) => KnownType | undefined;
  wants: (eventName: string) => boolean;
  /** When active date rules are due for a record as it is now, in milliseconds since the epoch. */
  datesOf: (record: RecordEnvelope) => { rule: KnownRule; field: string; date: string; due: number }[];
}

const readAtOnce = 500;

export function createRuleBook(): RuleBook {
  const index = createRuleIndex();
  const rules = new Map<string, KnownRule>();
  const types = new Map<string, KnownType & { id: string }>();
  const typeNames = new Map<string, string>();
  /** Patterns of events that steps of rules wait for, to the ids of those rules. */
  const awaited = createPatternIndex<string>((left, right) => (left < right ? -1 : 1));
  /** Ids of active date rules by the kind of record they look at. */
  const dated = new Map<string, Set<string>>();
  /** What was answered since a rule changed last, by what the index answered: it remembers its answers likewise. */
  let ready = new WeakMap<readonly CompiledRule[], Candidates>();
  let sequence = 0;

  const forget = (id: string) => {
    for (const pattern of rules.get(id)?.awaited ?? []) awaited.remove(pattern, id);
    rules.delete(id);
    index.remove(id);
    for (const ids of dated.values()) ids.delete(id);
  };
  const takeRule = (record: RecordEnvelope) => {
    ready = new WeakMap();
    const body = ruleResource.body.safeParse(record.body);
    const known = rules.get(record.id);
    if (!body.success) return forget(record.id);
    const parsed: Rule = { ...record, body: body.data };
    const sameContent = known && body.data.revision > 0 && known.record.body.revision === body.data.revision;
    const pausedEqual = known?.record.body.pausedAt === body.data.pausedAt;
    if (sameContent && pausedEqual) return void rules.set(record.id, { ...known, record: parsed });
    forget(record.id);
    const compiled = { ...compileRule(parsed), isActive: true };
    const waits = awaitedBy(body.data.steps);
    rules.set(record.id, { record: parsed, compiled, reads: readsOf(body.data.conditions), awaited: waits });
    for (const pattern of waits) awaited.add(pattern, record.id);
    const keeps = body.data.pausedAt !== '' && body.data.keepSkipped;
    if (body.data.isActive || keeps) index.put(compiled);
    const { trigger } = body.data;
    if (trigger.type !== 'date' || !body.data.isActive) return;
    const ids = dated.get(trigger.kind) ?? new Set();
    dated.set(trigger.kind, ids.add(record.id));
  };
  const takeType = (id: string, record: RecordEnvelope | undefined) => {
    const before = typeNames.get(id);
    if (before !== undefined) types.delete(before);
    typeNames.delete(id);
    const body = record ? eventType.body.safeParse(record.body) : undefined;
    if (!body?.success) return;
    const name = `${body.data.module}.${body.data.code}`;
    typeNames.set(id, name);
    types.set(name, { id, isActive: body.data.isActive, dataSchema: body.data.dataSchema });
  };

  return {
    catchUp: async (reader) => {
      const latest = await reader.collectionSequence('automation');
      while (sequence < latest) {
        const changes = await reader.changesSince('automation', sequence, readAtOnce);
        for (const { head, read } of changes) {
          if (head.kind === 'rule') {
            const record = living(read());
            if (record) takeRule(record);
            else forget(head.id);
          } else if (head.kind === 'eventType') takeType(head.id, living(read()));
        }
        sequence = changes.length < readAtOnce ? latest : (changes.at(-1)?.head.sequence ?? latest);
      }
    },
    candidates: (event) => {
      const listening = index.candidatesFor(event);
      let found = ready.get(listening);
      if (!found) {
        const known = listening.flatMap(({ id }) => rules.get(id) ?? []);
        const reads = { record: known.some((one) => one.reads.record), tenant: known.some((one) => one.reads.tenant) };
        const onlyConditions = !isDirected(event.name) && known.every((one) => !waitsForChange(one));
        found = { rules: known, reads, onlyConditions };
        ready.set(listening, found);
      }
      return found;
    },
    rule: (id) => rules.get(id),
    rules: () => rules.values(),
    type: (name) => types.get(name),
    wants: (eventName) =>
      eventName.startsWith('record.')
        ? index.listens(eventName) || awaited.anyMatches(eventName)
        : types.get(eventName)?.isActive !== false,
    datesOf: (record) =>
      [...(dated.get(record.kind) ?? [])].flatMap((id) => {
        const rule = rules.get(id);
        const trigger = rule?.record.body.trigger;
        if (!rule || trigger?.type !== 'date') return [];
        if (rule.record.tenantId !== '' && rule.record.tenantId !== record.tenantId) return [];
        const date = valueAtPath(record, trigger.field);
        const due = dueAt(date, trigger.offsetMinutes);
        return due === undefined ? [] : [{ rule, field: trigger.field, date: String(date), due }];
      }),
  };
}

function waitsForChange({ compiled }: KnownRule): boolean {
  return compiled.body.trigger.type === 'field_change';
}

function awaitedBy(steps: readonly Step[]): EventPattern[] {
  return steps.flatMap((step) => {
    const pattern = step.type === 'wait' && step.until.for === 'event' ? parsePattern(step.until.pattern) : undefined;
    const inside = branchesOf(step).flatMap((branch) => awaitedBy(branch.steps));
    return pattern?.ok ? [pattern.value, ...inside] : inside;
  });
}
