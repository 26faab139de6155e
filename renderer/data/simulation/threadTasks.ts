import type { ListRequest } from '#shared/replica/listRequest.ts';
import type { Assumptions } from '#shared/domain/automation/simulation/assumptions.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import type { Rule } from '#shared/resources/automation/rule.ts';
import type { RuleTest, TestEvent } from '#shared/resources/automation/ruleTest.ts';
import type { EventAnswer, EventVerdicts, HistoryTally, MatchLine, TestAnswer } from './simulationResult.ts';

/** One version of a rule to simulate. */
export interface SimulatedSide {
  rule: Rule;
  /** Another revision's, or a draft's, body instead of the record's own. */
  revision?: { revision: number; body: Rule['body'] };
}

/** The one event to look at. `record` = the record it is about, where it was kept with the event. */
export type SimulatedInput =
  | { from: 'history'; eventId: string }
  | { from: 'made'; event: TestEvent; record?: JsonObject };

/** What a thread can be asked to do. `now` is ISO 8601: when the runs would start. */
export type ThreadAsk =
  | {
      task: 'history';
      sides: SimulatedSide[];
      list: ListRequest;
      /** '' = every event of the list. */
      pattern: string;
      assumptions: Assumptions;
      now: string;
    }
  | {
      task: 'event';
      sides: SimulatedSide[];
      input: SimulatedInput;
      assumptions: Assumptions;
      now: string;
      /** A paused rule does not run; otherwise it is simulated as if it were active. */
      asItIs?: boolean;
    }
  /** What every rule decides for one event. */
  | { task: 'verdicts'; input: SimulatedInput; now: string }
  | { task: 'tests'; side: SimulatedSide; tests: RuleTest[]; now: string };
export type ThreadTask = ThreadAsk['task'];

export interface ThreadAnswers {
  history: HistoryTally;
  event: EventAnswer;
  verdicts: EventVerdicts;
  tests: TestAnswer[];
}

export interface ThreadParts {
  /** What was found since the part before, and now and then the counts up to now. */
  history: { lines: MatchLine[]; tally?: HistoryTally };
  event: never;
  verdicts: never;
  tests: never;
}
