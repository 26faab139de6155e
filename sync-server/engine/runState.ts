import * as z from 'zod';
import type { RunState } from '#shared/domain/automation/run/runState.ts';
import { isJsonObject } from '#shared/kernel/json.ts';
import type { Json } from '#shared/kernel/json.ts';
import { stepsSchema } from '#shared/resources/automation/step.ts';
import type { Step } from '#shared/resources/automation/step.ts';
import type { EngineBatch } from './ports.ts';

/** What the server keeps of a run besides its record. */
export interface StoredRun {
  ruleId: string;
  revision: number;
  eventId: string;
  /** Number of the job that may go on with the run; any other is stale and does nothing. */
  turn: number;
  /** True while the run stands in line and its steps have not begun. */
  inLine: boolean;
  state: RunState;
}

/** A rule as it was when a run of it began. */
export interface Program {
  name: string;
  tenantId: string;
  steps: readonly Step[];
}

const runArea = 'run';
const programArea = 'program';

const programSchema = z.object({ name: z.string(), tenantId: z.string(), steps: stepsSchema });

export type EntryReader = Pick<EngineBatch, 'getEntries'>;

export async function readRun(reader: EntryReader, runId: string): Promise<StoredRun | undefined> {
  const stored = (await reader.getEntries(runArea, [runId])).get(runId);
  // Written by `putRun` alone, in this very shape.
  return isJsonObject(stored) ? (stored as unknown as StoredRun) : undefined;
}

export function putRun(batch: EngineBatch, runId: string, run: StoredRun): void {
  batch.putEntry(runArea, runId, run as unknown as Json);
}

export function removeRun(batch: EngineBatch, runId: string): void {
  batch.removeEntry(runArea, runId);
}

/** Programs by rule and revision, pinned when the first run of a revision begins; they never change. */
export interface Programs {
  pin: (batch: EngineBatch, ruleId: string, revision: number, program: Program) => Promise<void>;
  /** @throws Error for one that was never pinned. */
  read: (reader: EntryReader, ruleId: string, revision: number) => Promise<Program>;
}

const keptInMemory = 2000;

/** @param store its programs are committed, so they may be remembered; what a batch shows may still be taken back. */
export function createPrograms(store: EntryReader): Programs {
  const known = new Map<string, Program>();
  return {
    pin: async (batch, ruleId, revision, program) => {
      const key = `${ruleId}@${revision}`;
      if (known.has(key) || (await batch.getEntries(programArea, [key])).has(key)) return;
      batch.putEntry(programArea, key, program as unknown as Json);
    },
    read: async (reader, ruleId, revision) => {
      const key = `${ruleId}@${revision}`;
      const remembered = known.get(key);
      if (remembered) return remembered;
      const program = programSchema.parse((await reader.getEntries(programArea, [key])).get(key));
      if (reader === store) known.set(key, program);
      for (const oldest of known.keys()) if (known.size > keptInMemory) known.delete(oldest);
      return program;
    },
  };
}
