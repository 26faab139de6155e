import type { StepsRefusal } from '#shared/domain/writes/rulePermissions.ts';
import type { EngineHealth } from '#shared/protocol/engine.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import type { Job } from '../storage/store.ts';
import { createAcceptEvents } from './acceptEvents.ts';
import type { AcceptEvents } from './acceptEvents.ts';
import { createApprovalHandlers } from './approvals.ts';
import { createCommandExecutor } from './commands/executeCommand.ts';
import { mayNotDoAgain } from './commands/stepRights.ts';
import type { Rights } from './commands/stepRights.ts';
import { failJob } from './deadJobs.ts';
import type { Effects } from './effects.ts';
import { beginCounts } from './engineCounts.ts';
import { engineHealth } from './engineHealth.ts';
import type { EngineStatistics } from './engineStatistics.ts';
import type { JobHandler } from './jobRunner.ts';
import type { EngineSources } from './ports.ts';
import { createEventProcessor } from './processEvents.ts';
import type { RuleBook } from './ruleBook.ts';
import { createRunExecutor } from './runExecutor.ts';
import { createPrograms } from './runState.ts';
import type { Preparer } from './runSteps.ts';
import { seedCatalogue } from './seedCatalogue.ts';
import { showActivities } from './showActivity.ts';
import { createTimedTriggers, dateJobsOf } from './timedTriggers.ts';

export interface EngineOptions extends EngineSources {
  /** The one whose observer the writer has. */
  book: RuleBook;
  evaluator: Preparer;
  effects: Effects;
  statistics: EngineStatistics;
  /** Runs that one tenant may start in a minute. */
  runsPerMinute: number;
  onFault: (what: string, error: unknown) => void;
}

export interface AutomationEngine {
  /** By type of job, for the job runner. */
  handlers: Readonly<Record<string, JobHandler>>;
  acceptEvents: AcceptEvents;
  health: () => Promise<EngineHealth>;
  /** What a job that was given up means for the run or command it was for. */
  giveUp: (job: Job) => Promise<void>;
  /** Why somebody may not have a job that was given up done again; undefined = they may, as far as steps of rules go. */
  mayNotDoAgain: (job: Pick<Job, 'type' | 'payload'>, by: Rights) => Promise<StepsRefusal | undefined>;
  /** Fills the catalogue and makes the jobs of schedules, before the job runner starts. */
  start: () => Promise<void>;
  stop: () => Promise<void>;
}

/** Milliseconds between two looks at which rules' counts are to be shown. */
const showEvery = 3000;

/** Rules, put to work: events are decided, runs executed, commands carried out, all by jobs of the store. */
export function createAutomationEngine(options: EngineOptions): AutomationEngine {
  const { store, write, clock, ids, book, statistics, onFault } = options;
  const sources = { ...options, programs: createPrograms(store) };
  const executor = createRunExecutor(sources);
  const timed = createTimedTriggers(sources);
  const executeCommand = createCommandExecutor({ ...sources, breakOff: executor.breakOff });
  let timer: NodeJS.Timeout | undefined;
  let showing: Promise<void> = Promise.resolve();
  let shown = true;

  const show = () => {
    if (!shown) return;
    shown = false;
    showing = showActivities(store, write)
      .catch((error: unknown) => onFault('showing what rules have done', error))
      .finally(() => (shown = true));
  };
  return {
    handlers: {
      ...timed.handlers,
      ...createApprovalHandlers(sources),
      processEvents: createEventProcessor(sources),
      advanceRun: ({ payload }, { signal }) =>
        executor.advance(String(payload['runId']), Number(payload['turn']), signal),
      executeCommand: (job, { signal }) => executeCommand(job, signal),
    },
    acceptEvents: createAcceptEvents(sources),
    health: () => engineHealth(store, statistics, clock),
    giveUp: (job) => failJob(sources, job),
    mayNotDoAgain: (job, by) => write(1, (batch) => mayNotDoAgain({ ...by, batch, sources }, job)),
    start: async () => {
      await beginCounts(store, write);
      await book.catchUp(store);
      await seedCatalogue(write, book, clock, ids);
      await timed.restore();
      timer = setInterval(show, showEvery);
    },
    stop: async () => {
      clearInterval(timer);
      await showing;
      await showActivities(store, write).catch((error: unknown) => onFault('showing what rules have done', error));
    },
  };
}

/** What the writer asks about rules while it writes. */
export function createWriteObserver(book: RuleBook, clock: () => number) {
  return {
    catchUp: book.catchUp,
    wants: book.wants,
    /** A date that is past when it is written is no date that comes. */
    jobsOf: (record: RecordEnvelope) => dateJobsOf(book, record).filter(({ dueAt = 0 }) => dueAt >= clock()),
  };
}
