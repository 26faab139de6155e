import type { JsonObject } from '#shared/kernel/json.ts';
import { compileRule, decideRule, ruleRuns } from '#shared/domain/automation/rules/decideRule.ts';
import type { CompiledRule } from '#shared/domain/automation/rules/decideRule.ts';
import { createRuleIndex } from '#shared/domain/automation/rules/ruleIndex.ts';
import type { EventFacts, Scope } from '#shared/domain/automation/scope.ts';
import { scopeView } from '#shared/domain/automation/scopeView.ts';
import { prepareStep } from '#shared/domain/automation/steps/prepareStep.ts';
import { rule as ruleResource } from '#shared/resources/automation/rule.ts';
import type { Step } from '#shared/resources/automation/step.ts';
import { createEvaluator } from '#server/engine/evaluation/evaluator.ts';
import { eventRule, manyRules, measuredEvents, measuredStep, measuredWorld } from './automationWorld.ts';
import { percentile } from './measure.ts';
import type { Measure } from './measure.ts';

const rounds = 30;
const ruleCount = 2000;
const preparations = 500;

/** Deciding and preparing alone: nothing is read from a store. What is decided is measured in processor time. */
export async function evaluationCosts(): Promise<Measure[]> {
  return [...decisions(), ...(await preparedSteps())];
}

function decisions(): Measure[] {
  const rules = manyRules(ruleCount).map(({ id, tenantId, body }) =>
    compileRule({ id, tenantId, body: ruleResource.body.parse(body) }),
  );
  const index = createRuleIndex();
  for (const rule of rules) index.put(rule);
  const scopes = scopesOf(500);
  const events = scopes.map(({ event }) => event);
  const pairs = scopes.flatMap((scope) => {
    const view = scopeView(scope);
    return index.candidatesFor(scope.event).map((rule) => ({ rule, event: scope.event, view }));
  });
  let runs = 0;
  const perDecision = (decide: (pair: (typeof pairs)[number]) => boolean): number[] =>
    timesOf(pairs.length, () => {
      for (const pair of pairs) if (decide(pair)) runs += 1;
    });
  const remembered = timesOf(100 * events.length, () => {
    for (let again = 0; again < 100; again += 1) for (const event of events) runs += index.candidatesFor(event).length;
  });
  const found = timesOf(events.length, () => {
    for (const event of events) {
      index.put(rules[0] as CompiledRule);
      runs += index.candidatesFor(event).length;
    }
  });
  const measures = [
    ...spread(
      'decide a rule of 1 to 5 comparisons',
      perDecision(({ rule, event, view }) => ruleRuns(rule, event, view)),
    ),
    ...spread(
      'the same with the comparison that decided it',
      perDecision(({ rule, event, view }) => decideRule(rule, event, view).decision === 'run'),
    ),
    ...spread(`rules of an event among ${ruleCount}, ${Math.round(pairs.length / events.length)} fit`, remembered),
    ...spread('the same right after a rule changed, its change included', found),
  ];
  if (runs === 0) throw new Error('no rule ran for any event');
  return measures;
}

/**
 * Microseconds of processor time for one of `count`, in each round. The first rounds, in which code is compiled, are left
 * out.
 */
function timesOf(count: number, work: () => void): number[] {
  const taken: number[] = [];
  for (let round = 0; round < rounds + 5; round += 1) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    if (round >= 5) taken.push((user + system) / count);
  }
  return taken;
}

async function preparedSteps(): Promise<Measure[]> {
  const { steps } = ruleResource.body.parse(eventRule('mail', '**', [], [mail]).body);
  const [step] = steps as [Step];
  const scopes = scopesOf(preparations);
  const evaluator = createEvaluator();
  try {
    const here = await eachTimed(scopes, (scope) => prepareStep(step, scope, { clock: () => performance.now() }));
    const there = await eachTimed(scopes, (scope) => evaluator.prepare(step, scope));
    const start = performance.now();
    await Promise.all(scopes.map((scope) => evaluator.prepare(step, scope)));
    const together = ((performance.now() - start) * 1000) / scopes.length;
    return [
      ...spread('prepare an e-mail of six variables, in this process', here),
      ...spread('the same by the evaluator, one after the other', there),
      { name: `the same, ${preparations} at once, each`, unit: 'µs', value: together, n: preparations },
    ];
  } finally {
    await evaluator.close();
  }
}

const mail: JsonObject = measuredStep('mail', {
  type: 'email',
  to: '{{ event.data.email }}',
  subject: 'Order of {{ event.data.amount }} from {{ event.data.country | upcase }}',
  format: 'html',
  template:
    '<p>{{ tenant.name }} thanks you.</p>{% if event.data.score > 50 %}<p>{{ event.data.score }} points on {{ event.data.plan }}.</p>{% endif %}',
});

/** Microseconds of each, after a round to warm up. @throws Error when one could not be prepared: that would look fast. */
async function eachTimed(scopes: readonly Scope[], prepare: (scope: Scope) => ReturnType<typeof prepareStep>) {
  const taken: number[] = [];
  for (const round of ['warm up', 'measure'] as const)
    for (const scope of scopes) {
      const start = performance.now();
      const prepared = await prepare(scope);
      if (round === 'measure') taken.push((performance.now() - start) * 1000);
      if (!prepared.ok) throw new Error(prepared.error.message);
    }
  return taken;
}

function scopesOf(count: number): Scope[] {
  const tenants = new Map(measuredWorld().map((record) => [record.id, record]));
  return measuredEvents(count, 7).map((given, index) => {
    const event: EventFacts = {
      ...given,
      id: `event-${index}`,
      name: `${given.module}.${given.code}`,
      depth: 0,
      chain: [],
    };
    return {
      event,
      record: null,
      before: null,
      tenant: tenants.get(given.tenantId) ?? null,
      rule: { id: `rule-${index % 10}`, name: 'measured', revision: 1 },
      run: { id: 'run' },
      steps: {},
      vars: {},
      now: given.occurredAt,
    };
  });
}

function spread(name: string, taken: readonly number[]): Measure[] {
  return [
    { name: `${name}, p50`, unit: 'µs', value: percentile(taken, 0.5), n: taken.length },
    { name: `${name}, p99`, unit: 'µs', value: percentile(taken, 0.99), n: taken.length },
  ];
}
