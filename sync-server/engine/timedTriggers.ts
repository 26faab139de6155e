import { dateReached, scheduleDue } from '#shared/domain/automation/rules/triggerEvents.ts';
import { nextOccurrence, parseSchedule } from '#shared/domain/automation/values/occurrences.ts';
import type { Schedule } from '#shared/domain/automation/values/occurrences.ts';
import { numberIn, textIn } from '#shared/records/readBody.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { resourceByKind } from '#shared/resources/registry.ts';
import type { ReplicatedCollection } from '#shared/records/collections.ts';
import type { Job } from '../storage/store.ts';
import { derivedId } from './derivedId.ts';
import { eventRecord } from './eventRecord.ts';
import { living } from './livingRecord.ts';
import type { EngineBatch, EngineSources, JobSettings } from './ports.ts';
import { removeActivity } from './ruleActivity.ts';
import type { KnownRule, RuleBook } from './ruleBook.ts';

interface TimedSources extends Pick<EngineSources, 'write' | 'clock' | 'store'> {
  book: RuleBook;
}
type NewJob = JobSettings & { type: string; payload: { [name: string]: string | number } };

const recordsPerPiece = 500;
/** Missed times of a schedule that are counted one by one. */
const mostMissed = 100_000;

/** Jobs that wake active date rules for a record as it is now. Repeating it makes nothing twice. */
export function dateJobsOf(book: RuleBook, record: RecordEnvelope): NewJob[] {
  return book.datesOf(record).map(({ rule, date, due }) => ({
    type: 'dateDue',
    payload: { ruleId: rule.record.id, recordId: record.id, date, due },
    id: `date:${rule.record.id}:${record.id}:${due}`,
    dueAt: due,
    tenantId: record.tenantId,
  }));
}

/** What happens by itself at a time: schedules, and dates of records. */
export function createTimedTriggers(sources: TimedSources): {
  handlers: Record<string, (job: Job) => Promise<void>>;
  /** Makes the jobs of rules that were stored without: demo data, imports. */
  restore: () => Promise<void>;
} {
  const { write, clock, book, store } = sources;
  const known = async (batch: EngineBatch, job: Job): Promise<KnownRule | undefined> => {
    await book.catchUp(batch.reader);
    const rule = book.rule(textIn(job.payload, 'ruleId'));
    return rule?.record.body.isActive ? rule : undefined;
  };
  const handlers: Record<string, (job: Job) => Promise<void>> = {
    ruleChanged: (job) =>
      write(1, async (batch) => {
        const rule = await known(batch, job);
        const ruleId = textIn(job.payload, 'ruleId');
        if (rule) plan(batch, rule, Date.parse(textIn(job.payload, 'at')) || clock());
        else if (!book.rule(ruleId)) removeActivity(batch, ruleId);
      }),
    scheduleDue: (job) =>
      write(1, async (batch) => {
        const rule = await known(batch, job);
        const schedule = rule && scheduleOf(rule);
        if (!rule || !schedule || rule.record.body.revision !== numberIn(job.payload, 'revision')) return;
        const due = numberIn(job.payload, 'due');
        const now = clock();
        let next = nextOccurrence(schedule, due);
        let missed = 0;
        for (; next !== undefined && next <= now && missed < mostMissed; missed += 1)
          next = nextOccurrence(schedule, next);
        if (next !== undefined && next <= now) next = nextOccurrence(schedule, now);
        const at = new Date(due).toISOString();
        const { id, tenantId } = rule.record;
        const event = scheduleDue({ id, tenantId }, at);
        await raiseOnce(batch, derivedId(due, 'schedule', id, at), { ...event, data: { ...event.data, missed } }, now);
        if (next !== undefined) planSchedule(batch, rule, next);
      }),
    dateDue: (job) =>
      write(1, async (batch) => {
        const rule = await known(batch, job);
        const recordId = textIn(job.payload, 'recordId');
        await batch.load([recordId]);
        const record = living(batch.get(recordId));
        // The date may have moved, and the rule with it: then other jobs stand for them.
        const dated =
          record && book.datesOf(record).find((one) => one.rule === rule && one.due === numberIn(job.payload, 'due'));
        if (!rule || !dated) return;
        const { id, tenantId } = rule.record;
        const event = dateReached({ id, tenantId }, record, dated.field, dated.date);
        await raiseOnce(batch, derivedId(dated.due, 'date', id, record.id, dated.date), event, clock());
      }),
    /** Looks through the records of a kind in pieces, each its own transaction. */
    scanDates: (job) =>
      write(recordsPerPiece, async (batch) => {
        const rule = await known(batch, job);
        const trigger = rule?.record.body.trigger;
        if (!rule || trigger?.type !== 'date' || rule.record.body.revision !== numberIn(job.payload, 'revision'))
          return;
        const collection = resourceByKind(trigger.kind)?.collection;
        if (collection === undefined || collection === 'inbox') return;
        const since = numberIn(job.payload, 'since');
        const from = { collection, kind: trigger.kind, before: numberIn(job.payload, 'before') };
        const next = await scanPiece(batch, rule, from, since);
        if (next !== undefined) planScan(batch, rule, next, since);
      }),
  };
  return {
    handlers,
    restore: async () => {
      await book.catchUp(store);
      const timed = [...book.rules()].filter(({ record: { body } }) => body.isActive && isTimed(body.trigger.type));
      if (timed.length > 0)
        await write(timed.length, async (batch) => {
          for (const rule of timed) plan(batch, rule, clock());
        });
    },
  };

  /** `since`: when the rule began to be as it is; dates before it do not count. */
  function plan(batch: EngineBatch, rule: KnownRule, since: number): void {
    const schedule = scheduleOf(rule);
    const next = schedule && nextOccurrence(schedule, clock());
    if (next !== undefined) planSchedule(batch, rule, next);
    if (rule.record.body.trigger.type === 'date') planScan(batch, rule, Number.MAX_SAFE_INTEGER, since);
  }

  async function scanPiece(
    batch: EngineBatch,
    rule: KnownRule,
    from: { collection: ReplicatedCollection; kind: string; before: number },
    since: number,
  ): Promise<number | undefined> {
    const { tenantId } = rule.record;
    const changes = await batch.reader.recordsBefore({ ...from, tenantId, limit: recordsPerPiece });
    for (const { read } of changes) {
      const record = living(read());
      if (!record) continue;
      for (const { type, payload, ...settings } of dateJobsOf(book, record))
        // What is over when a rule is switched on is not caught up with.
        if (payload['ruleId'] === rule.record.id && (settings.dueAt ?? 0) >= since)
          batch.enqueue(type, payload, settings);
    }
    return changes.length < recordsPerPiece ? undefined : changes.at(-1)?.head.sequence;
  }
}

function isTimed(type: string): boolean {
  return type === 'schedule' || type === 'date';
}

function scheduleOf({ record }: KnownRule): Schedule | undefined {
  const { trigger } = record.body;
  if (trigger.type !== 'schedule') return undefined;
  const schedule = parseSchedule(trigger.cron, trigger.timeZone);
  return schedule.ok ? schedule.value : undefined;
}

function planSchedule(batch: EngineBatch, { record }: KnownRule, due: number): void {
  const { revision } = record.body;
  batch.enqueue(
    'scheduleDue',
    { ruleId: record.id, revision, due },
    { id: `schedule:${record.id}@${revision}:${due}`, dueAt: due, tenantId: record.tenantId },
  );
}

function planScan(batch: EngineBatch, { record }: KnownRule, before: number, since: number): void {
  const { revision } = record.body;
  batch.enqueue(
    'scanDates',
    { ruleId: record.id, revision, before, since },
    { id: `dates:${record.id}@${revision}:${before}`, tenantId: record.tenantId, priority: -1 },
  );
}

/** The id stands for the occasion, so that it is raised once. */
async function raiseOnce(
  batch: EngineBatch,
  id: string,
  event: Parameters<typeof eventRecord>[0],
  now: number,
): Promise<void> {
  await batch.load([id]);
  if (!batch.get(id)) batch.raise(eventRecord(event, { id, at: now }));
}
