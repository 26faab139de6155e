import type { ChainReport, Finding, WitnessedHead } from '#shared/domain/audit/auditTypes.ts';
import type { BundleReport } from '#shared/domain/audit/bundleReader.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import type { Json } from '#shared/kernel/json.ts';
import type { ListRequest } from '#shared/replica/listRequest.ts';
import type { ThreadRead, ThreadReadAnswer } from '../../read/threadRead.ts';

/** One chain to verify, with what is known about it. Bodies of the kinds' records. */
export interface ChainToVerify {
  /** '' = the platform's. */
  tenantId: string;
  gaps: Json[];
  heads: Json[];
  witnessed: WitnessedHead | undefined;
  /** Everything from the beginning is held here. */
  fromStart: boolean;
  /** Everything up to the newest head is held here. */
  toEnd: boolean;
}

export interface VerifyTask {
  task: 'verify';
  serverId: string;
  keys: Json[];
  /** The first key this console saw; '' = none yet. */
  trusted: string;
  /** ISO 8601: older entries are not held as a whole; '' = all are. */
  since: string;
  chains: ChainToVerify[];
}

export interface BundleTask {
  task: 'bundle';
  file: Blob;
  /** A key id that must be in the bundle; '' = none. */
  trusted: string;
}

export type ExportFormat = 'csv' | 'json' | 'bundle';

export interface ExportTask {
  task: 'export';
  format: ExportFormat;
  list: ListRequest;
  /** Of a bundle: what stands before its chains, and each chain's evidence. */
  bundle?: {
    serverId: string;
    exportedAt: string;
    exportedBy: string;
    keys: Json[];
    chains: { tenantId: string; name: string; gaps: Json[]; heads: Json[] }[];
  };
}

export type ChainTask = VerifyTask | BundleTask | ExportTask;

export interface VerifyAnswer {
  keyFindings: readonly Finding[];
  reports: ChainReport[];
}

export interface ChainTaskAnswers {
  verify: VerifyAnswer;
  bundle: BundleReport;
  /** Entries written. */
  export: { entries: number };
}

export interface ChainTaskParts {
  /** `report` once a chain is done; `entries` of all chains up to now. */
  verify: { tenantId: string; entries: number; report?: ChainReport };
  /** Bytes and entries read. */
  bundle: { bytes: number; entries: number };
  /** Text of the file, in order; the thread goes on when it is acknowledged. */
  export: { text: string; entries: number };
}

export type ToChainThread =
  | { type: 'ask'; id: number; ask: ChainTask }
  | { type: 'stop'; id: number }
  /** The part was taken; the next one may come. */
  | { type: 'taken'; id: number }
  | ThreadReadAnswer;

export type FromChainThread =
  | { type: 'read'; number: number; read: ThreadRead }
  | { type: 'part'; id: number; part: ChainTaskParts[keyof ChainTaskParts] }
  | { type: 'answer'; id: number; answer: ChainTaskAnswers[keyof ChainTaskAnswers] }
  | { type: 'failed'; id: number; problem: Problem }
  | { type: 'stopped'; id: number };
