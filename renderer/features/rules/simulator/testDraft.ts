import type { JsonObject } from '#shared/kernel/json.ts';
import { branchesOf } from '#shared/resources/automation/step.ts';
import type { Step } from '#shared/resources/automation/step.ts';
import type { RuleTest, TestEvent } from '#shared/resources/automation/ruleTest.ts';
import type { EventAnswer } from '#renderer/data/simulation/simulationResult.ts';
import { blankEvent } from './eventDraft.ts';

/** A test as it is written; `id` '' = not kept yet. */
export interface TestDraft {
  id: string;
  name: string;
  event: TestEvent;
  record: JsonObject;
  matches: boolean;
  /** Ids in their order; undefined = not checked. */
  steps: string[] | undefined;
  renders: { stepId: string; contains: string }[];
}

export const blankTest: TestDraft = {
  id: '',
  name: '',
  event: blankEvent,
  record: {},
  matches: true,
  steps: undefined,
  renders: [],
};

/** A test that expects what the first version does now. */
export function draftOfAnswer({ event, record, sides: [side] }: EventAnswer): TestDraft {
  const { module, code, tenantId, entityType, entityId, data, occurredAt } = event;
  const matches = side?.decision.decision === 'run';
  return {
    id: '',
    name: event.name,
    event: { module, code, tenantId, entityType, entityId, data, occurredAt },
    record: record ? { ...record } : {},
    matches,
    steps: matches ? (side?.steps.map(({ stepId }) => stepId) ?? []) : undefined,
    renders: [],
  };
}

export function draftOfTest({ id, body }: RuleTest): TestDraft {
  const { name, event, record, expected } = body;
  return {
    id,
    name,
    event,
    record,
    matches: expected.matches,
    steps: expected.steps,
    renders: expected.renders ?? [],
  };
}

/** The body that is stored. What is expected of steps counts only for a test that expects a run. */
export function bodyOfDraft(draft: TestDraft, ruleId: string): RuleTest['body'] {
  const renders = draft.renders.filter(({ stepId, contains }) => stepId !== '' && contains !== '');
  return {
    ruleId,
    name: draft.name.trim(),
    event: draft.event,
    record: draft.record,
    expected: {
      matches: draft.matches,
      ...(draft.matches && draft.steps ? { steps: draft.steps } : {}),
      ...(draft.matches && renders.length > 0 ? { renders } : {}),
    },
  };
}

/** Ids and names of all steps, those of branches too. */
export function stepChoices(steps: readonly Step[]): { value: string; label: string }[] {
  return steps.flatMap((step) => [
    { value: step.id, label: `${step.name} (${step.id})` },
    ...branchesOf(step).flatMap((branch) => stepChoices(branch.steps)),
  ]);
}
