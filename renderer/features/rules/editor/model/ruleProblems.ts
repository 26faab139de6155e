import type * as z from 'zod';
import { checkRule } from '#shared/domain/automation/rules/checkRule.ts';
import type { RuleKnowledge, RuleProblem } from '#shared/domain/automation/rules/checkRule.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import { issueSaying } from '#shared/kernel/sentences/issueSaying.ts';
import { rule } from '#shared/resources/automation/rule.ts';
import type { Rule } from '#shared/resources/automation/rule.ts';
import type { Step } from '#shared/resources/automation/step.ts';
import type { RuleContent } from './ruleContent.ts';
import { problemPlace } from './problemPlace.ts';
import type { ProblemPlace } from './problemPlace.ts';
import { unfinishedPlace } from './unfinished.ts';
import { findStep } from '../steps/stepTree.ts';

/** Something wrong or doubtful, with the place where it is shown. */
export interface EditorProblem extends Omit<RuleProblem, 'code'>, ProblemPlace {
  /** Those of `checkRule`, and `required`, `not_valid` and `unfinished`. */
  code: string;
  /** The rule cannot be stored at all with it, active or not. */
  structural: boolean;
}

/** The body as it would be stored: what only the server writes is as in a new rule. */
export function bodyOf(content: RuleContent): Rule['body'] {
  return { ...content, executionCount: 0, lastExecutedAt: '', pausedAt: '', skippedCount: 0, revision: 0 };
}

/** Everything wrong with a rule as it is written, errors first. */
export function problemsOf(
  written: { id: string; tenantId: string; content: RuleContent; unfinished: Readonly<Record<string, string>> },
  knowledge: RuleKnowledge,
): EditorProblem[] {
  const { id, tenantId, content } = written;
  const body = bodyOf(content);
  const parsed = rule.body.safeParse(body);
  const structural = (parsed.error?.issues ?? []).map((issue) => structuralProblem(issue, content.steps));
  const paths = new Set(structural.map((problem) => problem.path));
  const judged = parsed.success || structural.every((problem) => problem.code !== 'not_valid');
  const found = judged ? checkRule({ id, tenantId, body }, knowledge) : [];
  return [
    ...Object.keys(written.unfinished).flatMap((key) => unfinishedProblem(key, content.steps)),
    ...structural,
    ...found
      .filter((problem) => !paths.has(problem.path))
      .map((problem) => ({ ...problem, ...problemPlace(problem.path, content.steps), structural: false })),
  ];
}

function structuralProblem(issue: z.core.$ZodIssue, steps: readonly Step[]): EditorProblem {
  const path = issue.path.map(String).join('.');
  const empty = issue.code === 'too_small' && issue.origin === 'string' && issue.minimum === 1;
  const details = { message: issue.message, says: issueSaying(issue) as unknown as JsonObject };
  const code = !empty ? 'not_valid' : path.endsWith('.field') ? 'field_missing' : 'required';
  return { path, code, severity: 'error', details, ...problemPlace(path, steps), structural: true };
}

function unfinishedProblem(key: string, steps: readonly Step[]): EditorProblem[] {
  const { stepId, field } = unfinishedPlace(key);
  // Text of a step that was removed is kept for undo and stands in nobody's way.
  if (stepId !== '' && !findStep(steps, stepId)) return [];
  const place: ProblemPlace =
    stepId === '' ? problemPlace(field, steps) : { selection: { part: 'step', id: stepId }, field };
  return [{ path: key, code: 'unfinished', severity: 'error', details: {}, ...place, structural: true }];
}
