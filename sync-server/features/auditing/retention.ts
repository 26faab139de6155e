import { gapEvidence, gapStatement } from '#shared/domain/audit/statements.ts';
import type { GapEvidence } from '#shared/domain/audit/statements.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import { failure, success } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';
import { isTombstone, tombstoneOf } from '#shared/records/envelope.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { legalHold } from '#shared/resources/audit/legalHold.ts';
import { dataClasses } from '#shared/resources/audit/retentionRule.ts';
import type { StoreReader } from '../../storage/store.ts';
import { alone, ownRecord } from './auditingBatch.ts';
import type { AuditingActor } from './auditingBatch.ts';
import { holdsOver, removableRun } from './removableRun.ts';
import { activeRules, ruleFor, titleOf, withFloor } from './retentionRules.ts';
import type { ActiveRule } from './retentionRules.ts';
import { noKey } from './signingKeys.ts';
import { createThinning, readMarkerEnds } from './thinning.ts';
import type { MarkerEnds, ThinningOptions } from './thinning.ts';

/** What went, or would go, from one chain under one rule. */
export interface RetentionOutcome {
  tenantId: string;
  /** '' = a rule that was only tried. */
  ruleId: string;
  /** Whole entries. */
  removed: number;
  /** Entries that lose their content. */
  thinned: number;
  /** A legal hold stopped it: entries behind the last one removed are old enough, and stay. */
  isHeld: boolean;
  /** An entry about security that has not come of age stopped it. */
  isUnderFloor: boolean;
}

export interface RetentionProgress {
  chains: number;
  chainsDone: number;
  removed: number;
  thinned: number;
}

export interface Retention {
  /**
   * Removes what the active rules say, or counts it. One run at a time; it ends early, with what it did, when `signal` says so. `tried`:
   * counts for this rule alone, which need not be stored nor active; only dry.
   */
  run: (request: {
    isDry: boolean;
    actor: AuditingActor;
    signal?: AbortSignal;
    tried?: Omit<ActiveRule, 'id' | 'name'>;
  }) => Promise<Result<RetentionOutcome[], Problem>>;
  /** undefined = nothing runs. */
  progress: () => RetentionProgress | undefined;
}

/** Entries that go in one commit. */
const together = 1000;
const day = 24 * 3600 * 1000;

export function createRetention(options: ThinningOptions): Retention {
  const { store, write, keys, turns, serverId, clock, ids } = options;
  let progress: RetentionProgress | undefined;
  const thin = createThinning(options);

  /** Removes the next run of a chain, at most `together` entries, and answers what came of it, and which gap stands for it. */
  const removeSome = (
    tenantId: string,
    rule: ActiveRule,
    olderThan: number,
    lastGap: string | undefined,
    actor: AuditingActor,
  ) =>
    write(alone, async (batch) => {
      const signer = keys.signer();
      // A rotation is under way: another turn.
      if (!signer && keys.rotation()) return { removed: 0, isHeld: false, isUnderFloor: false, isDone: false, lastGap };
      const run = await nextRun(batch.reader, tenantId, { before: olderThan, now: clock() });
      const { isHeld, isUnderFloor } = run;
      const [first, last] = [run.entries[0], run.entries.at(-1)];
      if (!signer || !first || !last) return { removed: 0, isHeld, isUnderFloor, isDone: true, lastGap };
      if (lastGap !== undefined) await batch.load([lastGap]);
      const before = lastGap === undefined ? undefined : batch.get(lastGap);
      const read = before && !isTombstone(before) ? gapEvidence.safeParse(before.body).data : undefined;
      // One that this run does not continue stays as it is: what is missing between them must be seen.
      const joins = read?.last === Number(first.body['number']) - 1 && read.lastHash === first.body['prevHash'];
      const [stored, gap] = joins && before && !isTombstone(before) ? [before, read] : [];
      const removedAt = new Date(clock()).toISOString();
      const said: Omit<GapEvidence, 'signature'> = {
        first: gap?.first ?? Number(first.body['number']),
        last: Number(last.body['number']),
        prevHash: gap?.prevHash ?? String(first.body['prevHash']),
        lastHash: String(last.body['hash']),
        from: gap?.from ?? String(first.body['at']),
        until: String(last.body['at']),
        reason: titleOf(rule),
        removedAt,
        keyId: signer.keyId,
      };
      const body = { ...said, signature: signer.sign(gapStatement({ serverId, tenantId }, said)) };
      const record = ownRecord('auditGap', { id: stored?.id ?? ids(), tenantId, at: removedAt, body });
      batch.rewrite(stored ? { ...record, createdAt: stored.createdAt, version: stored.version + 1 } : record);
      await batch.load(run.entries.map((entry) => entry.id));
      for (const entry of run.entries) batch.rewrite(tombstoneOf(entry, entry.version + 1));
      batch.note({
        actor,
        tenantId,
        action: 'retention',
        resource: 'auditEntry',
        changes: [
          { path: 'first', old: Number(first.body['number']) },
          { path: 'last', old: said.last },
        ],
        reason: said.reason,
      });
      return { removed: run.entries.length, isHeld, isUnderFloor, isDone: run.isDone, lastGap: record.id };
    });

  const applyTo = async (
    tenantId: string,
    rule: ActiveRule,
    { isDry, actor, signal }: Parameters<Retention['run']>[0],
    lastGap: string | undefined,
  ) => {
    const before = clock() - rule.days * day;
    const outcome: RetentionOutcome = {
      tenantId,
      ruleId: rule.id,
      removed: 0,
      thinned: 0,
      isHeld: false,
      isUnderFloor: false,
    };
    let gapId = lastGap;
    let from = 1;
    for (;;) {
      if (signal?.aborted) return { outcome, behind: from - 1 };
      if (!isDry) await keys.rotation();
      const step = isDry
        ? await nextRun(store, tenantId, { before, now: clock() }, from).then(({ entries, ...why }) => {
            from = Number(entries.at(-1)?.body['number'] ?? from - 1) + 1;
            return { ...why, removed: entries.length, lastGap };
          })
        : await turns.remove(() => removeSome(tenantId, rule, before, gapId, actor));
      gapId = step.lastGap;
      outcome.removed += step.removed;
      outcome.isHeld = step.isHeld;
      outcome.isUnderFloor = step.isUnderFloor;
      if (progress && !isDry) progress.removed += step.removed;
      // Others have their turn, between two chains too.
      await new Promise<void>((wake) => setImmediate(wake));
      if (step.isDone) return { outcome, behind: from - 1 };
    }
  };

  /** Rules say when they ran last and what they removed in all. */
  const record = (outcomes: readonly RetentionOutcome[], rules: readonly ActiveRule[]) =>
    write(rules.length, async (batch) => {
      const at = new Date(clock()).toISOString();
      await batch.load(rules.map((rule) => rule.id));
      for (const { id } of rules) {
        const stored = batch.get(id);
        if (!stored || isTombstone(stored)) continue;
        const went = outcomes
          .filter((one) => one.ruleId === id)
          .reduce((sum, one) => sum + one.removed + one.thinned, 0);
        const body = { ...stored.body, lastRunAt: at, removed: Number(stored.body['removed'] ?? 0) + went };
        batch.rewrite({ ...stored, version: stored.version + 1, updatedAt: at, updatedBy: 'system', body });
      }
    });

  return {
    run: async (request) => {
      if (progress) return failure(isRunning);
      if (!request.isDry && !keys.signer() && !keys.rotation()) return failure(noKey);
      progress = { chains: 0, chainsDone: 0, removed: 0, thinned: 0 };
      try {
        const { isDry, actor, signal, tried } = request;
        const stored = await activeRules(store);
        const trial = tried && isDry ? withFloor({ ...tried, id: '', name: '' }) : undefined;
        const rules = trial ? [trial, ...stored.filter((rule) => goesBefore(rule, trial))] : stored;
        const outcomes: RetentionOutcome[] = [];
        const chains = rules.length === 0 ? [] : await allChains(store);
        const gaps = chains.length === 0 ? new Map<string, string>() : await lastGaps(store);
        const isThinning = !isDry && chains.length > 0 && rules.some((rule) => rule.covers !== 'all');
        const markers: MarkerEnds = isThinning ? await readMarkerEnds(store) : new Map();
        progress.chains = chains.length;
        const keep = (outcome: RetentionOutcome) => {
          const tells = outcome.removed + outcome.thinned > 0 || outcome.isHeld || outcome.isUnderFloor;
          if (tells && (!trial || outcome.ruleId === trial.id)) outcomes.push(outcome);
        };
        for (const tenantId of chains) {
          if (signal?.aborted) break;
          const whole = ruleFor(rules, tenantId, 'all');
          const cut = whole && (await applyTo(tenantId, whole, request, gaps.get(tenantId)));
          if (cut) keep(cut.outcome);
          for (const covers of dataClasses) {
            const rule = ruleFor(rules, tenantId, covers);
            if (!rule || signal?.aborted) continue;
            const onThinned = (count: number) => void (progress && (progress.thinned += count));
            const behind = cut?.behind ?? 0;
            const { thinned, isHeld } = await thin({
              tenantId,
              rule,
              isDry,
              actor,
              signal,
              behind,
              onThinned,
              markers,
            });
            keep({ tenantId, ruleId: rule.id, removed: 0, thinned, isHeld, isUnderFloor: false });
          }
          progress.chainsDone += 1;
        }
        if (!request.isDry && rules.length > 0) await record(outcomes, rules);
        return success(outcomes);
      } finally {
        progress = undefined;
      }
    },
    progress: () => progress,
  };
}

/** Where a rule of the tenant holds, one for all is not asked. */
function goesBefore(rule: ActiveRule, trial: ActiveRule): boolean {
  return trial.tenantId === '' && rule.tenantId !== '' && rule.covers === trial.covers;
}

async function allChains(store: StoreReader): Promise<string[]> {
  const found: string[] = [];
  for (let after: string | undefined; ; after = found.at(-1)) {
    const page = await store.allChainHeads(after, 1000);
    found.push(...page.map((end) => end.tenantId));
    if (page.length < 1000) return found;
  }
}

/** By chain the id of the gap that ends last: what goes next makes it longer, so that gaps do not become more; SPEC.md, G1. */
async function lastGaps(store: StoreReader): Promise<Map<string, string>> {
  const ends = new Map<string, { id: string; last: number }>();
  for (const record of await store.recordsOfKind('auditGap')) {
    const gap = isTombstone(record) ? undefined : gapEvidence.safeParse(record.body).data;
    if (gap && gap.last > (ends.get(record.tenantId)?.last ?? 0))
      ends.set(record.tenantId, { id: record.id, last: gap.last });
  }
  return new Map([...ends].map(([tenantId, { id }]) => [tenantId, id]));
}

/** The next entries of a chain that may go, and why there are no more. */
async function nextRun(reader: StoreReader, tenantId: string, age: { before: number; now: number }, from = 1) {
  const holds = (await reader.recordsOfKind(legalHold.kind)).filter(
    (record): record is RecordEnvelope => !isTombstone(record),
  );
  const entries = await reader.chainEntries(tenantId, from, together);
  return removableRun(entries, { ...age, isHeld: holdsOver(tenantId, holds), more: entries.length === together });
}

const isRunning: Problem = problemOf('unavailable', saying('retention_running'));
