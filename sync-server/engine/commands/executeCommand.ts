import * as z from 'zod';
import { holdsAnywhere } from '#shared/domain/access/decideAccess.ts';
import {
  commandPermissions,
  commandResultSchema,
  isAutomationCommand,
  parseCommandArguments,
} from '#shared/domain/automation/commands.ts';
import type { CommandResult } from '#shared/domain/automation/commands.ts';
import type { Json, JsonObject } from '#shared/kernel/json.ts';
import { numberIn, textIn } from '#shared/records/readBody.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { hasProof, removeProof } from '../../storage/commandProofs.ts';
import type { Job } from '../../storage/store.ts';
import { RetryLater } from '../retryLater.ts';
import { living } from '../livingRecord.ts';
import type { EngineBatch, EngineSources } from '../ports.ts';
import { changedByServer } from '../serverRecord.ts';
import type { CommandContext, CommandSources } from './commandContext.ts';
import { gatherItems } from './commandItems.ts';
import type { GivenCommand } from './commandItems.ts';
import { estimateItem, workItem } from './workItem.ts';

interface ExecutorSources extends CommandSources {
  principalOf: EngineSources['principalOf'];
  /** What stopped runs do outside is broken off once the stop is durable. */
  breakOff: (runId: string) => void;
}

const stateArea = 'command';
const itemsArea = 'commandItems';
const itemsPerPiece = 50;
const idsPerEntry = 500;
const mostProblems = 50;
/** Characters; a refusal may quote what was given. */
const longestProblem = 2000;
const mostRunIds = 100;
/** Milliseconds between two reports of progress. */
const reportEvery = 1000;

const stateSchema = z.object({
  stage: z.enum(['gather', 'work']),
  from: z.string(),
  /** Items gathered, and worked on. */
  total: z.int(),
  index: z.int(),
  reportedAt: z.number(),
  result: commandResultSchema,
});
type State = z.infer<typeof stateSchema>;

type Piece = 'more' | 'end' | 'later';

/**
 * Carries out commands in pieces. How far it came is stored with each piece, so that a crash neither loses nor repeats
 * anything; between two pieces it sees that somebody aborted.
 */
export function createCommandExecutor(sources: ExecutorSources): (job: Job, signal: AbortSignal) => Promise<void> {
  const { write, clock, book } = sources;
  return async (job, signal) => {
    const commandId = textIn(job.payload, 'commandId');
    const cancelled: string[] = [];
    for (;;) {
      if (signal.aborted) throw signal.reason;
      const piece = await write(itemsPerPiece, async (batch) => {
        cancelled.length = 0;
        await book.catchUp(batch.reader);
        await batch.load([commandId]);
        return workPiece(batch, living(batch.get(commandId), 'command'), cancelled);
      });
      for (const runId of cancelled) sources.breakOff(runId);
      if (piece === 'end') return;
      if (piece === 'later') throw new RetryLater((Math.floor(clock() / 60_000) + 1) * 60_000, 'the quota is used up');
      await new Promise<void>((wake) => setImmediate(wake));
    }
  };

  async function workPiece(
    batch: EngineBatch,
    record: RecordEnvelope | undefined,
    cancelled: string[],
  ): Promise<Piece> {
    if (!record) return 'end';
    const stored = (await batch.getEntries(stateArea, [record.id])).get(record.id);
    const known = stateSchema.safeParse(stored);
    if (record.status !== 'queued' && record.status !== 'running') {
      if (known.success) tidy(batch, record, known.data);
      removeProof(batch, record.id);
      return 'end';
    }
    const given = read(record);
    if ('problem' in given) return finish(batch, record, 'refused', given.problem, known.data);
    const { command } = given;
    const context = { ...given.context, batch, proved: await hasProof(batch, record.id) };
    const state: State = known.data ?? firstState();
    if (record.status === 'queued') await save(batch, changedByServer(record, clock(), { status: 'running' }), '');
    const running = living(batch.get(record.id)) ?? record;
    return state.stage === 'gather'
      ? gather(context, running, command, state)
      : work(context, running, command, state, cancelled);
  }

  function read(
    record: RecordEnvelope,
  ): { command: GivenCommand; context: Omit<CommandContext, 'batch' | 'proved'> } | { problem: string } {
    const type = textIn(record.body, 'type');
    if (!isAutomationCommand(type)) return { problem: `This server cannot carry out '${type}'. Update the server.` };
    const parsed = parseCommandArguments(type, record.body['args'] ?? {});
    if (!parsed.ok) return { problem: parsed.error.message };
    const principal = sources.principalOf(record.createdBy);
    const permission = commandPermissions[type];
    if (!principal) return { problem: 'Whoever gave this command is not active any more. Give it again yourself.' };
    if (!holdsAnywhere(principal, permission))
      return { problem: `You need the permission '${permission}' for this. Ask an administrator.` };
    const givenAt = Date.parse(record.createdAt);
    return {
      command: { type, args: parsed.value } as GivenCommand,
      context: { sources, principal, commandId: record.id, givenAt, permission },
    };
  }

  async function gather(
    context: CommandContext,
    record: RecordEnvelope,
    command: GivenCommand,
    state: State,
  ): Promise<Piece> {
    const { batch } = context;
    const { ids, next } = await gatherItems(context, command, state.from);
    let { total } = state;
    // Pages before this one are full: each is filled up before the next begins.
    for (let left = [...ids]; left.length > 0;) {
      const key = pageKey(record.id, total);
      const page = idsOf((await batch.getEntries(itemsArea, [key])).get(key));
      const taken = left.splice(0, idsPerEntry - page.length);
      batch.putEntry(itemsArea, key, [...page, ...taken]);
      total += taken.length;
    }
    const stage = next === undefined ? 'work' : 'gather';
    const result = { ...state.result, total };
    batch.putEntry(stateArea, record.id, { ...state, stage, from: next ?? '', total, result });
    return 'more';
  }

  async function work(
    context: CommandContext,
    record: RecordEnvelope,
    command: GivenCommand,
    state: State,
    cancelled: string[],
  ): Promise<Piece> {
    const { batch } = context;
    const result: CommandResult = structuredClone(state.result);
    let { index } = state;
    let later = false;
    for (let count = 0; count < itemsPerPiece && index < state.total && !later; count += 1) {
      const key = pageKey(record.id, index);
      const id = idsOf((await batch.getEntries(itemsArea, [key])).get(key))[index % idsPerEntry];
      if (id !== undefined) later = !(await takeItem(context, command, id, result, cancelled));
      if (!later) index += 1;
    }
    if (index >= state.total) {
      const refusedAll = result.done === 0 && result.refused > 0;
      const status = !refusedAll ? 'done' : result.total === 1 ? 'refused' : 'failed';
      return finish(batch, record, status, refusedAll ? (result.problems[0]?.message ?? '') : '', { ...state, result });
    }
    const now = clock();
    const report = now - state.reportedAt >= reportEvery;
    const progress = Math.floor((100 * index) / Math.max(1, state.total));
    if (report && progress !== numberIn(record.body, 'progress'))
      batch.append(changedByServer(record, now, { body: { progress, result: asJson(result) } }));
    const next: State = { ...state, index, result, reportedAt: report ? now : state.reportedAt };
    batch.putEntry(stateArea, record.id, next);
    return later ? 'later' : 'more';
  }

  /** False when the item has to wait. */
  async function takeItem(
    context: CommandContext,
    command: GivenCommand,
    id: string,
    result: CommandResult,
    cancelled: string[],
  ): Promise<boolean> {
    const estimate = await estimateItem(context, command, id);
    if (estimate !== undefined) {
      result.runs += estimate;
      if (estimate > 0) result.done += 1;
      else result.skipped += 1;
      return true;
    }
    const outcome = await workItem(context, command, id);
    if (outcome.item === 'later') return false;
    result[outcome.item] += 1;
    if (outcome.item === 'refused' && result.problems.length < mostProblems)
      result.problems.push({ id, message: outcome.message.slice(0, longestProblem) });
    if (outcome.item !== 'done') return true;
    if (command.type === 'cancelRuns') cancelled.push(id);
    result.runs += outcome.runIds?.length ?? 0;
    result.runIds.push(...(outcome.runIds ?? []).slice(0, mostRunIds - result.runIds.length));
    return true;
  }

  async function finish(
    batch: EngineBatch,
    record: RecordEnvelope,
    status: 'done' | 'failed' | 'refused',
    problem: string,
    state: State | undefined,
  ): Promise<Piece> {
    const progress = status === 'done' ? 100 : numberIn(record.body, 'progress');
    const result = state ? asJson(state.result) : {};
    const body = { progress, result, problem: problem.slice(0, longestProblem) };
    await save(batch, changedByServer(record, clock(), { status, body }), problem);
    if (state) removeState(batch, record.id, state);
    removeProof(batch, record.id);
    return 'end';
  }

  /** Somebody aborted it: what was done so far is told, and the rest forgotten. */
  function tidy(batch: EngineBatch, record: RecordEnvelope, state: State): void {
    batch.append(changedByServer(record, clock(), { body: { result: asJson(state.result) } }));
    removeState(batch, record.id, state);
  }

  function removeState(batch: EngineBatch, commandId: string, state: State): void {
    batch.removeEntry(stateArea, commandId);
    for (let index = 0; index < state.total; index += idsPerEntry)
      batch.removeEntry(itemsArea, pageKey(commandId, index));
  }

  async function save(batch: EngineBatch, after: RecordEnvelope, reason: string): Promise<void> {
    const actor = { id: 'system', name: 'system' };
    await batch.write({ after, actor, reason: reason.slice(0, 2000), madeAt: '', requestId: after.id });
  }
}

function firstState(): State {
  return { stage: 'gather', from: '', total: 0, index: 0, reportedAt: 0, result: commandResultSchema.parse({}) };
}

function pageKey(commandId: string, index: number): string {
  return `${commandId}|${String(Math.floor(index / idsPerEntry)).padStart(8, '0')}`;
}

function idsOf(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function asJson(result: CommandResult): JsonObject {
  return result;
}
