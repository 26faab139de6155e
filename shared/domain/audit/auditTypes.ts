import type { JsonObject } from '../../kernel/json.ts';

/** One entry as it is verified: the parts of its record that count. */
export interface ChainEntry {
  id: string;
  tenantId: string;
  body: JsonObject;
}

/** What is wrong with a chain; see SPEC.md, V2. */
export type FindingKind =
  | 'altered'
  | 'missing'
  | 'inserted'
  | 'reordered'
  | 'broken_link'
  | 'truncated'
  | 'forked'
  | 'foreign'
  | 'uncovered'
  | 'bad_signature'
  | 'unknown_key'
  | 'retired_key';

export interface Finding {
  kind: FindingKind;
  tenantId: string;
  /** Number in the chain at which it shows. */
  number: number;
  /** Id of the entry, gap or head at fault; '' = none. */
  id: string;
  expected: string;
  found: string;
}

export interface ChainReport {
  tenantId: string;
  /** Entries read, and how many numbers gaps stand for. */
  entries: number;
  removed: number;
  /** Commitments whose value was erased or withheld. */
  withheld: number;
  /** Entries whose content a retention rule removed. */
  thinned: number;
  /** First and last number read; 0 = none. */
  beginsAt: number;
  endsAt: number;
  /** `hash` of the last entry, or of the last that gaps stand for; '' = none. */
  endHash: string;
  /** Number of the newest head that is right; 0 = none. */
  signedUpTo: number;
  /** The first things wrong, in order of number; empty = the chain holds. */
  findings: Finding[];
}

/** What a reader remembers of a chain; see SPEC.md, W1. */
export interface WitnessedHead {
  tenantId: string;
  number: number;
  hash: string;
  signedAt: string;
  keyId: string;
}
