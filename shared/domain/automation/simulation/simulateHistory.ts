import type { RecordEnvelope } from '../../../records/envelope.ts';
import { decideRule } from '../rules/decideRule.ts';
import type { CompiledRule, RuleDecision } from '../rules/decideRule.ts';
import type { EventFacts } from '../scope.ts';
import { scopeView } from '../scopeView.ts';
import { patternMatches } from '../patterns/eventPattern.ts';
import { idsAbout, subjectOf } from '../rules/subjectOf.ts';
import type { EventSubject } from '../rules/subjectOf.ts';
import { isDirected } from '../rules/triggerEvents.ts';
import { createHistoryCount } from './historyCount.ts';
import type { HistoryCount } from './historyCount.ts';
import { simulateEvent } from './simulateRule.ts';
import type { EventSimulation, SimulationOptions } from './simulateRule.ts';

export interface HistoryRequest {
  /** Rules, or two revisions of one: each is simulated by itself. */
  rules: readonly CompiledRule[];
  /** Pages of events, oldest first; a page is decided at one go, so keep it to about 1000. */
  events: AsyncIterable<readonly EventFacts[]>;
  /** Records by id, of a page's events and tenants; those that are not there are left out. */
  records: (ids: readonly string[]) => Promise<readonly RecordEnvelope[]>;
  /** Matches of which the steps are prepared and kept, over all rules; default 500. */
  detailLimit?: number;
  options: Omit<SimulationOptions, 'evenIfNot'>;
  signal?: AbortSignal;
  /** After every page, with the number of events so far. */
  onProgress?: (seen: number) => void;
  /** Lets others go on, after every page. */
  rest?: () => Promise<void>;
}

/** An event that at least one of the rules runs for, with what each would do. */
export interface HistoryMatch {
  event: EventFacts;
  /** In the order of the rules; undefined for those that do not run. */
  simulations: (EventSimulation | undefined)[];
}

export interface HistorySimulation {
  seen: number;
  /** In the order of the rules. */
  counts: HistoryCount[];
  /** The first of them, with everything. */
  matches: HistoryMatch[];
  /** With two rules: events that only one of them runs for, and that both do. */
  comparison: { onlyFirst: number; onlySecond: number; both: number; neither: number } | undefined;
  /** The signal ended it before the last page. */
  aborted: boolean;
}

/** Decides a stretch of history, and prepares the steps of the first matches. Nothing is done. */
export async function simulateHistory(request: HistoryRequest): Promise<HistorySimulation> {
  const { rules, options, detailLimit = 500 } = request;
  const counts = rules.map(() => createHistoryCount());
  const comparison = { onlyFirst: 0, onlySecond: 0, both: 0, neither: 0 };
  const matches: HistoryMatch[] = [];
  let seen = 0;
  let aborted = false;
  for await (const page of request.events) {
    if (request.signal?.aborted) {
      aborted = true;
      break;
    }
    const subjectOf = await readSubjects(page, rules, request.records);
    const toPrepare: { subject: EventSubject; runs: boolean[] }[] = [];
    for (const event of page) {
      const subject = subjectOf(event);
      const view = scopeView({
        ...subject,
        rule: { id: '', name: '', revision: 0 },
        run: { id: 'simulation' },
        steps: {},
        vars: {},
        now: event.occurredAt,
      });
      const decisions = rules.map((rule): RuleDecision => decideRule(rule, event, view));
      decisions.forEach((decision, index) => counts[index]!.add(event, decision));
      const runs = decisions.map(({ decision }) => decision === 'run');
      const [first = false, second = false] = runs;
      comparison[first ? (second ? 'both' : 'onlyFirst') : second ? 'onlySecond' : 'neither'] += 1;
      if (runs.includes(true) && matches.length + toPrepare.length < detailLimit) toPrepare.push({ subject, runs });
    }
    for (const { subject, runs } of toPrepare) {
      if (request.signal?.aborted) break;
      const simulations = await Promise.all(
        rules.map(async (rule, index) => (runs[index] ? simulateEvent(rule, subject, options) : undefined)),
      );
      matches.push({ event: subject.event, simulations });
    }
    seen += page.length;
    request.onProgress?.(seen);
    await request.rest?.();
  }
  return {
    seen,
    counts: counts.map((count) => count.result()),
    matches,
    comparison: rules.length === 2 ? comparison : undefined,
    aborted,
  };
}

/** Reads once per page what its events are about, for those that any of the rules listens to. */
async function readSubjects(
  page: readonly EventFacts[],
  rules: readonly CompiledRule[],
  read: HistoryRequest['records'],
): Promise<(event: EventFacts) => EventSubject> {
  const wanted = new Set<string>();
  for (const event of page) {
    const heard = rules.some(
      ({ pattern }) => isDirected(event.name) || (pattern && patternMatches(pattern, event.name)),
    );
    if (!heard) continue;
    for (const id of idsAbout(event)) wanted.add(id);
  }
  const found = wanted.size === 0 ? [] : await read([...wanted]);
  const byId = new Map(found.map((record) => [record.id, record]));
  return (event) => subjectOf(event, (id) => byId.get(id));
}
