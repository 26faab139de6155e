import type { Json } from '../../../kernel/json.ts';
import type { Comparison, ConditionGroup } from '../../../resources/automation/condition.ts';
import type { ScopeView } from '../scope.ts';
import { mostWork } from '../values/linearPattern.ts';
import { compilePath, valueAt } from '../values/valueAt.ts';
import type { FieldPath } from '../values/valueAt.ts';
import { comparisonTest, pathBefore } from './comparisonTest.ts';
import type { ComparisonTest, Evaluation, Verdict } from './comparisonTest.ts';
import type { ComparisonResult, ConditionExplanation, ConditionResult, GroupExplanation } from './conditionResult.ts';

/** Conditions with everything prepared that does not depend on the scope. */
export interface CompiledConditions {
  readonly type: 'group';
  readonly path: string;
  readonly match: ConditionGroup['match'];
  readonly conditions: readonly (CompiledConditions | CompiledComparison)[];
}

interface CompiledComparison {
  readonly type: 'comparison';
  readonly path: string;
  readonly comparison: Comparison;
  readonly field: FieldPath;
  /** Where a change is read as it was. */
  readonly before: FieldPath | undefined;
  /** The other field to compare with. */
  readonly otherField: FieldPath | undefined;
  readonly test: ComparisonTest;
}

/** What a walk carries along: after each condition, the comparison that decided it. */
interface Walk extends Evaluation {
  /** Of what is only looked at to be shown, so that it takes nothing from what decides. */
  readonly workToShow: { left: number };
  decidedBy: CompiledComparison | undefined;
  verdict: Verdict | undefined;
}

export function compileConditions(group: ConditionGroup): CompiledConditions {
  return compileGroup(group, '');
}

/** Whether the conditions hold, and which comparison decided it. Never throws. */
export function evaluateConditions(compiled: CompiledConditions, view: ScopeView): ConditionResult {
  const walk = startOf(view);
  const holds = walkGroup(compiled, walk, undefined);
  return { holds, decidedBy: decisionOf(walk) };
}

/** The same answer alone, for whoever decides many rules and shows none. Never throws. */
export function conditionsHold(compiled: CompiledConditions, view: ScopeView): boolean {
  return groupHolds(compiled, { view, patternWork: { left: mostWork } });
}

function groupHolds({ match, conditions }: CompiledConditions, evaluation: Evaluation): boolean {
  const endsAt = match !== 'and';
  for (const condition of conditions) {
    const holds =
      condition.type === 'group' ? groupHolds(condition, evaluation) : verdictOf(condition, evaluation).holds;
    if (holds === endsAt) return match === 'or';
  }
  return conditions.length === 0 || match !== 'or';
}

function verdictOf(comparison: CompiledComparison, evaluation: Evaluation): Verdict {
  const { view } = evaluation;
  return comparison.test(valueAt(view, comparison.field), expectedOf(comparison, view), evaluation);
}

/** The same answer from the same walk, which goes on to the end to show every comparison's result. Never throws. */
export function explainConditions(compiled: CompiledConditions, view: ScopeView): ConditionExplanation {
  const walk = startOf(view);
  const tree: GroupExplanation = { type: 'group', path: '', match: compiled.match, holds: true, conditions: [] };
  const holds = walkGroup(compiled, walk, tree);
  return { holds, decidedBy: decisionOf(walk), tree };
}

/**
 * `and` ends at the first condition that fails, `or` and `not` at the first that holds. That one decides; where all had to be
 * looked at, the first that was.
 */
function walkGroup(group: CompiledConditions, walk: Walk, trace: GroupExplanation | undefined): boolean {
  const endsAt = group.match !== 'and';
  let decided = false;
  let decidedBy: CompiledComparison | undefined;
  let verdict: Verdict | undefined;
  for (const condition of group.conditions) {
    if (decided) {
      showCondition(condition, walk, trace);
      continue;
    }
    const result = walkCondition(condition, walk, trace);
    if (result === endsAt) {
      decided = true;
      decidedBy = walk.decidedBy;
      verdict = walk.verdict;
      if (!trace) break;
    } else if (!decidedBy) {
      decidedBy = walk.decidedBy;
      verdict = walk.verdict;
    }
  }
  walk.decidedBy = decidedBy;
  walk.verdict = verdict;
  const holds = group.conditions.length === 0 || (group.match === 'or' ? decided : !decided);
  if (trace) trace.holds = holds;
  return holds;
}

function walkCondition(
  condition: CompiledConditions | CompiledComparison,
  walk: Walk,
  trace: GroupExplanation | undefined,
): boolean {
  if (condition.type === 'group') {
    if (!trace) return walkGroup(condition, walk, undefined);
    const { path, match } = condition;
    const inner: GroupExplanation = { type: 'group', path, match, holds: true, conditions: [] };
    trace.conditions.push(inner);
    return walkGroup(condition, walk, inner);
  }
  const verdict = verdictOf(condition, walk);
  walk.decidedBy = condition;
  walk.verdict = verdict;
  trace?.conditions.push(resultOf(condition, verdict, walk.view));
  return verdict.holds;
}

/** Of a group that is decided: for the explanation alone. */
function showCondition(
  condition: CompiledConditions | CompiledComparison,
  walk: Walk,
  trace: GroupExplanation | undefined,
): void {
  const { patternWork } = walk;
  walk.patternWork = walk.workToShow;
  walkCondition(condition, walk, trace);
  walk.patternWork = patternWork;
}

function startOf(view: ScopeView): Walk {
  return {
    view,
    patternWork: { left: mostWork },
    workToShow: { left: mostWork },
    decidedBy: undefined,
    verdict: undefined,
  };
}

function decisionOf({ decidedBy, verdict, view }: Walk): ComparisonResult | undefined {
  return decidedBy && verdict && resultOf(decidedBy, verdict, view);
}

function resultOf(compiled: CompiledComparison, verdict: Verdict, view: ScopeView): ComparisonResult {
  const { field, operator, valueSource, value } = compiled.comparison;
  const result: ComparisonResult = {
    type: 'comparison',
    path: compiled.path,
    field,
    operator,
    actual: valueAt(view, compiled.field),
    expected: expectedOf(compiled, view),
    holds: verdict.holds,
  };
  if (valueSource === 'field' && typeof value === 'string') result.expectedField = value;
  if (compiled.before) result.previous = valueAt(view, compiled.before);
  if (verdict.reason) result.reason = verdict.reason;
  return result;
}

function expectedOf({ comparison, otherField }: CompiledComparison, view: ScopeView): Json | undefined {
  if (comparison.valueSource !== 'field') return comparison.value;
  return otherField && valueAt(view, otherField);
}

function compileGroup(group: ConditionGroup, path: string): CompiledConditions {
  const within = path === '' ? 'conditions' : `${path}.conditions`;
  return {
    type: 'group',
    path,
    match: group.match,
    conditions: group.conditions.map((condition, index) =>
      condition.type === 'group'
        ? compileGroup(condition, `${within}.${index}`)
        : compileComparison(condition, `${within}.${index}`),
    ),
  };
}

function compileComparison(comparison: Comparison, path: string): CompiledComparison {
  const { field, operator, value, valueSource } = comparison;
  return {
    type: 'comparison',
    path,
    comparison,
    field: compilePath(field),
    before: operator.startsWith('changed') ? pathBefore(field) : undefined,
    otherField: valueSource === 'field' && typeof value === 'string' ? compilePath(value) : undefined,
    test: comparisonTest(comparison),
  };
}
