import { eventFactsOf } from '#shared/domain/automation/rules/eventFactsOf.ts';
import { compileRule, decideRule } from '#shared/domain/automation/rules/decideRule.ts';
import type { CompiledRule, RuleDecision } from '#shared/domain/automation/rules/decideRule.ts';
import { patternMatches } from '#shared/domain/automation/patterns/eventPattern.ts';
import { recordBefore } from '#shared/domain/automation/rules/subjectOf.ts';
import type { EventSubject } from '#shared/domain/automation/rules/subjectOf.ts';
import { scopeView } from '#shared/domain/automation/scopeView.ts';
import { eventOfTest, runRuleTest } from '#shared/domain/automation/simulation/runRuleTest.ts';
import { simulateEvent } from '#shared/domain/automation/simulation/simulateRule.ts';
import type { SimulationOptions } from '#shared/domain/automation/simulation/simulateRule.ts';
import { envelopeSchema } from '#shared/records/envelope.ts';
import type { ListRequest } from '#shared/replica/listRequest.ts';
import { rule as ruleResource } from '#shared/resources/automation/rule.ts';
import { eventSubjects, lineOf } from './eventSubjects.ts';
import { simulateStretch } from './simulateStretch.ts';
import type { EventVerdicts, TestAnswer } from './simulationResult.ts';
import type { FromThread, ToThread } from './threadMessages.ts';
import { createThreadReads } from './threadReads.ts';
import type { SimulatedInput, SimulatedSide, ThreadAnswers, ThreadAsk, ThreadTask } from './threadTasks.ts';

export interface ThreadOptions {
  post: (message: FromThread) => void;
  /** Monotonic milliseconds. */
  clock: () => number;
  /** Lets the messages in that wait. */
  breathe: () => Promise<unknown>;
}

/** The other side of `createSimulator`: does one task at a time. It can read, and nothing else. */
export function createThread({ post, clock, breathe }: ThreadOptions): { receive: (message: ToThread) => void } {
  const { reads, receive } = createThreadReads(post);
  let stopped = 0;

  const optionsOf = (ask: { now: string }, assumptions = {}): SimulationOptions => ({
    now: Date.parse(ask.now),
    assumptions,
    lookups: { record: async (kind, id) => (await reads.find(kind, [id])).get(id) },
    clock,
  });
  /** `ruleId`: whom a made event concerns, where it is one that concerns a single rule. */
  const subjectOf = async (input: SimulatedInput, now: string, ruleId: string): Promise<EventSubject> => {
    if (input.from === 'made') {
      const [subject] = await eventSubjects(reads, [eventOfTest({ event: input.event, ruleId }, Date.parse(now))]);
      const kept = envelopeSchema.safeParse(input.record);
      if (subject && kept.success)
        return { ...subject, record: kept.data, before: recordBefore(subject.event, kept.data) };
      if (subject) return subject;
    } else {
      const record = (await reads.find('event', [input.eventId])).get(input.eventId);
      const [subject] = record ? await eventSubjects(reads, [eventFactsOf(record)]) : [];
      if (subject) return subject;
    }
    throw new Error('this event is not kept on this computer any more; choose another one');
  };
  const tasks: {
    [Task in ThreadTask]: (ask: ThreadAsk & { task: Task }, id: number) => Promise<ThreadAnswers[Task] | undefined>;
  } = {
    history: async (ask, id) =>
      simulateStretch({
        rules: ask.sides.map((side) => compiled(side, false)),
        pages: reads.pages(ask.list),
        pattern: ask.pattern,
        reads,
        options: { ...optionsOf(ask, ask.assumptions), mostSteps: 100 },
        mostPrepared,
        onPart: (part) => post({ type: 'part', id, part }),
        rest: async () => {
          await breathe();
          return stopped >= id;
        },
        clock,
      }),
    event: async (ask) => {
      const subject = await subjectOf(ask.input, ask.now, ask.sides[0]?.rule.id ?? '');
      const options = optionsOf(ask, ask.assumptions);
      const sides = await Promise.all(
        ask.sides.map((side) => simulateEvent(compiled(side, ask.asItIs ?? false), subject, options)),
      );
      return { event: subject.event, record: subject.record, sides };
    },
    verdicts: async (ask) => {
      const subject = await subjectOf(ask.input, ask.now, '');
      return verdictsOf(subject, await readRules(), ask.now);
    },
    tests: async (ask) => {
      const rule = compiled(ask.side, true);
      const answers: TestAnswer[] = [];
      for (const test of ask.tests) {
        const { tenantId } = test.body.event;
        const tenant = (await reads.find('tenant', [tenantId])).get(tenantId) ?? null;
        const { passed, differences, simulation } = await runRuleTest(rule, test.body, { ...optionsOf(ask), tenant });
        answers.push({ testId: test.id, passed, differences, decision: simulation.decision });
      }
      return answers;
    },
  };
  const readRules = async (): Promise<CompiledRule[]> => {
    const rules: CompiledRule[] = [];
    for await (const page of reads.pages(allRules))
      for (const record of page) {
        const body = ruleResource.body.safeParse(record.body);
        if (body.success) rules.push(compileRule({ ...record, body: body.data }));
      }
    return rules;
  };
  const work = async (id: number, ask: ThreadAsk): Promise<void> => {
    try {
      // Each task takes the ask of its own name; the compiler sees only the union.
      const task = tasks[ask.task] as (
        given: ThreadAsk,
        number: number,
      ) => Promise<ThreadAnswers[ThreadTask] | undefined>;
      const answer = await task(ask, id);
      if (answer === undefined || stopped >= id) post({ type: 'stopped', id });
      else post({ type: 'answer', id, answer });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      post({ type: 'failed', id, problem: { code: 'internal', message } });
    }
  };
  return {
    receive: (message) => {
      switch (message.type) {
        case 'ask':
          void work(message.id, message.ask);
          return;
        case 'stop':
          stopped = message.id;
          return;
        case 'text':
        case 'unreadable':
          receive(message);
      }
    },
  };
}

/** A run costs a hundred times what a decision costs: so many are prepared in about a second. */
const mostPrepared = 10_000;

const allRules: ListRequest = {
  kind: 'rule',
  conditions: [],
  words: [],
  order: [{ path: 'body.priority', descending: true }],
};

/** A version, ready to decide. Unless it is taken as it is, a paused rule is simulated as if it were active. */
function compiled({ rule, revision }: SimulatedSide, asItIs: boolean): CompiledRule {
  const made = compileRule(rule, revision);
  return asItIs ? made : { ...made, isActive: true };
}

function verdictsOf(subject: EventSubject, rules: readonly CompiledRule[], now: string): EventVerdicts {
  const { event } = subject;
  const rule = { id: '', name: '', revision: 0 };
  const view = scopeView({ ...subject, rule, run: { id: 'simulation' }, steps: {}, vars: {}, now });
  return {
    event: lineOf(event),
    verdicts: rules
      .map((one) => ({
        ruleId: one.id,
        name: one.name,
        tenantId: one.tenantId,
        listens: one.pattern !== undefined && patternMatches(one.pattern, event.name),
        decision: decideRule(one, event, view),
      }))
      .sort((left, right) => nearness(left.decision) - nearness(right.decision)),
  };
}

/** Rules that run come first, then those that came nearest to it. */
function nearness(decision: RuleDecision): number {
  if (decision.decision === 'run') return 0;
  return ['conditions', 'field_change', 'inactive', 'tenant', 'trigger'].indexOf(decision.because) + 1;
}
