import type { JsonObject } from '../../../kernel/json.ts';
import { envelopeSchema } from '../../../records/envelope.ts';
import type { RecordEnvelope } from '../../../records/envelope.ts';
import type { RuleTest } from '../../../resources/automation/ruleTest.ts';
import { compileRule } from '../rules/decideRule.ts';
import type { CompiledRule } from '../rules/decideRule.ts';
import { recordBefore } from '../rules/subjectOf.ts';
import { isDirected } from '../rules/triggerEvents.ts';
import type { EventFacts } from '../scope.ts';
import { simulateEvent } from './simulateRule.ts';
import type { EventSimulation, SimulationOptions } from './simulateRule.ts';

/** Where a rule does otherwise than its test expects. */
export type TestDifference =
  | { what: 'matches'; expected: boolean; found: boolean }
  | { what: 'steps'; expected: string[]; found: string[] }
  /** `found` is what the step would do, as JSON; '' when it does not run. */
  | { what: 'renders'; stepId: string; expected: string; found: string }
  | { what: 'failed'; stepId: string; error: string };

export interface TestResult {
  passed: boolean;
  differences: TestDifference[];
  simulation: EventSimulation;
}

/**
 * Simulates a saved test event and compares. A rule that is not active is tested as if it were: tests are run before a rule
 * is switched on. `tenant` is the record of the event's tenant, where there is one.
 */
export async function runRuleTest(
  rule: CompiledRule,
  test: RuleTest['body'],
  options: SimulationOptions & { tenant?: RecordEnvelope | null },
): Promise<TestResult> {
  const active = compileRule(rule, { revision: rule.revision, body: { ...rule.body, isActive: true } });
  const now = Date.parse(test.event.occurredAt) || options.now;
  const event = eventOfTest(test, now);
  const record = recordOf(test.record);
  const subject = {
    event,
    record,
    before: record && recordBefore(event, record),
    tenant: options.tenant ?? null,
  };
  const simulation = await simulateEvent(active, subject, { ...options, now });
  const differences = [...compare(test.expected, simulation)];
  return { passed: differences.length === 0, differences, simulation };
}

/**
 * The test's event as rules see it; `now`, in milliseconds since the epoch, when it names no time. One that concerns a
 * single rule concerns the tested one.
 */
export function eventOfTest({ event, ruleId }: Pick<RuleTest['body'], 'event' | 'ruleId'>, now: number): EventFacts {
  const name = `${event.module}.${event.code}`;
  return {
    id: 'test',
    name,
    module: event.module,
    code: event.code,
    tenantId: event.tenantId,
    entityType: event.entityType,
    entityId: event.entityId,
    data: isDirected(name) ? { ...event.data, ruleId } : event.data,
    triggeredBy: 'test',
    source: 'test',
    occurredAt: event.occurredAt || new Date(now).toISOString(),
    depth: 0,
    chain: [],
  };
}

function* compare(expected: RuleTest['body']['expected'], simulation: EventSimulation): Generator<TestDifference> {
  const matches = simulation.decision.decision === 'run';
  if (matches !== expected.matches) {
    yield { what: 'matches', expected: expected.matches, found: matches };
    return;
  }
  if (!matches) return;
  for (const step of simulation.steps)
    if (step.status === 'failed') yield { what: 'failed', stepId: step.stepId, error: step.error };
  const found = simulation.steps.map(({ stepId }) => stepId);
  if (expected.steps && expected.steps.join(' ') !== found.join(' '))
    yield { what: 'steps', expected: expected.steps, found };
  for (const { stepId, contains } of expected.renders ?? []) {
    const rendered = simulation.steps
      .filter((step) => step.stepId === stepId && step.prepared)
      .flatMap(({ prepared }) => [...textsIn(prepared)]);
    if (!rendered.some((text) => text.includes(contains)))
      yield { what: 'renders', stepId, expected: contains, found: rendered.join('\n').slice(0, 2000) };
  }
}

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'number' || typeof value === 'boolean') yield String(value);
  else if (typeof value === 'object' && value !== null) for (const held of Object.values(value)) yield* textsIn(held);
}

function recordOf(held: JsonObject): RecordEnvelope | null {
  const parsed = envelopeSchema.safeParse(held);
  return parsed.success ? parsed.data : null;
}
