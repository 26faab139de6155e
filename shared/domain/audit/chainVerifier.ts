import { canonicalJson } from '../../kernel/canonicalJson.ts';
import { isJsonObject } from '../../kernel/json.ts';
import { portableCrypto } from './auditCrypto.ts';
import type { AuditCrypto } from './auditCrypto.ts';
import type { ChainEntry, ChainReport, Finding, FindingKind, WitnessedHead } from './auditTypes.ts';
import type { KeyRing } from './keyRing.ts';
import { sealedForm } from './sealedForm.ts';
import { startOfChain } from './startOfChain.ts';
import { isThinned, readThinned } from './thinnedEntry.ts';
import type { ThinnedLink } from './thinnedEntry.ts';
import { isThinning, openThinnings } from './thinnings.ts';

export interface ChainEvidence {
  tenantId: string;
  ring: KeyRing;
  /** Bodies of the chain's auditGap records, of entries and of content. */
  gaps?: readonly unknown[];
  /** Bodies of the chain's auditHead records. */
  heads?: readonly unknown[];
  /** What this reader remembers of the chain; W1. */
  witnessed?: WitnessedHead | undefined;
}

export interface Claim {
  /** The reader holds everything from the beginning, or from behind the gaps, on. */
  fromStart: boolean;
  /** The reader holds everything up to the newest head it was given. */
  toEnd: boolean;
}

export interface ChainVerifier {
  /** The next entry in the order the reader has them. Takes whatever comes; V1. */
  add: (entry: unknown) => void;
  addMany: (entries: readonly unknown[]) => void;
  /** Entries read so far. */
  count: () => number;
  /** Last number that gaps stand for, 0 = none: a reader whose copy still holds entries up to it leaves them out; G1. */
  beginsBehind: number;
  finish: (claim: Claim) => ChainReport;
}

/** Further findings of one chain are counted in no list: the first ones say what happened. */
const mostFindings = 100;

/** Verifies one chain, entry by entry; V1 to V4. Memory does not grow with the chain. */
export function createChainVerifier(
  { tenantId, ring, gaps = [], heads = [], witnessed }: ChainEvidence,
  crypto: AuditCrypto = portableCrypto,
): ChainVerifier {
  const findings: Finding[] = [];
  const blame = (kind: FindingKind, number: number, id: string, expected: string, found: string) => {
    if (findings.length < mostFindings) findings.push({ kind, tenantId, number, id, expected, found });
  };
  const start = startOfChain({ tenantId, ring, gaps: gaps.filter((gap) => !isThinning(gap)), heads, witnessed });
  const thinnings = openThinnings(tenantId, ring, gaps.filter(isThinning));
  findings.push(...[...start.findings, ...thinnings.findings].slice(0, mostFindings));
  const { claims } = start;
  let { last } = start;
  let entries = 0;
  let withheld = 0;
  let thinned = 0;
  let beginsAt = 0;
  let signedUpTo = claims.some((claim) => claim.isHead && claim.number === last.number && claim.hash === last.hashes[0])
    ? last.number
    : 0;
  /** Numbers that were passed over, by first: entries of them that come later were moved. */
  const passed: { first: number; last: number; finding: Finding | undefined }[] = [];

  /** The entry where the chain goes on, or undefined when its place is wrong. */
  const place = (number: number, id: string, prevHash: string): boolean => {
    if (number === last.number + 1) {
      if (!last.hashes.includes(prevHash)) blame('broken_link', number, id, last.hashes[0] ?? '', prevHash);
      return true;
    }
    if (number > last.number + 1) {
      if (beginsAt === 0) return true;
      const before = findings.length;
      blame('missing', last.number + 1, id, `number ${last.number + 1}`, `number ${number}`);
      if (passed.length < mostFindings)
        passed.push({ first: last.number + 1, last: number - 1, finding: findings[before] });
      return true;
    }
    const hole = passed.find((one) => number >= one.first && number <= one.last);
    if (hole?.finding) {
      hole.finding.kind = 'reordered';
      hole.finding.number = Math.min(hole.finding.number, number);
    } else if (hole || number < beginsAt)
      blame('reordered', number, id, `a number above ${last.number}`, `number ${number}`);
    else blame('inserted', number, id, `number ${last.number + 1}`, `number ${number} again`);
    return false;
  };

  const add = (given: unknown) => {
    entries += 1;
    const entry = readEntry(given);
    if (!entry) {
      blame('altered', last.number + 1, idOf(given), 'an entry', 'another shape');
      return;
    }
    const { id, body, hash, prevHash } = entry;
    if (entry.tenantId !== tenantId) {
      blame('foreign', entry.number, id, `chain ${tenantId || 'of the platform'}`, entry.tenantId || 'the platform');
      return;
    }
    const sealed = seal({ id, tenantId, body }, crypto);
    // A number that was changed is not believed where the entry's link says that it goes on here.
    const isRenumbered = sealed.computed !== hash && last.number > 0 && last.hashes.includes(prevHash);
    const number = isRenumbered ? last.number + 1 : entry.number;
    if (sealed.computed !== hash) blame('altered', number, id, sealed.problem ?? hash, sealed.computed || 'no hash');
    withheld += sealed.withheld;
    if (!place(number, id, prevHash)) return;
    if (beginsAt === 0) beginsAt = number;
    if (sealed.link) {
      thinned += 1;
      thinnings.add({ number, id, body }, sealed.link, beginsAt);
    }
    // The hash that is written and the one that follows: whichever was changed, the next entry links to the other.
    last = { number, hashes: sealed.computed === hash || sealed.computed === '' ? [hash] : [hash, sealed.computed] };
    for (const claim of claims) {
      if (claim.number !== number) continue;
      if (!last.hashes.includes(claim.hash)) blame('forked', number, id, claim.hash, hash);
      else if (claim.isHead && sealed.computed === hash) signedUpTo = Math.max(signedUpTo, number);
    }
  };

  return {
    add,
    addMany: (many) => {
      for (const entry of many) add(entry);
    },
    count: () => entries,
    beginsBehind: start.last.number,
    finish: ({ fromStart, toEnd }) => {
      const firstDue = start.last.number + 1;
      if (fromStart && beginsAt > firstDue)
        findings.push(absence('missing', tenantId, firstDue, `number ${firstDue}`, `number ${beginsAt}`));
      const due = claims.reduce((most, claim) => Math.max(most, claim.number), 0);
      if (toEnd && due > last.number && (entries > 0 || fromStart || start.last.number > 0))
        findings.push(absence('truncated', tenantId, last.number + 1, `entries up to ${due}`, `up to ${last.number}`));
      // Markers come to a console before the entries that they cover, and those one after another.
      if (toEnd) findings.push(...thinnings.finish().slice(0, mostFindings));
      return {
        tenantId,
        entries,
        removed: start.removed,
        withheld,
        thinned,
        beginsAt,
        endsAt: last.number,
        endHash: last.hashes[0] ?? '',
        signedUpTo,
        findings: findings.toSorted((left, right) => left.number - right.number),
      };
    },
  };
}

const absence = (kind: FindingKind, tenantId: string, number: number, expected: string, found: string): Finding => ({
  kind,
  tenantId,
  number,
  id: '',
  expected,
  found,
});

interface ReadEntry extends ChainEntry {
  number: number;
  hash: string;
  prevHash: string;
}

function readEntry(given: unknown): ReadEntry | undefined {
  if (!isJsonObject(given)) return undefined;
  const { id, tenantId, body } = given;
  if (typeof id !== 'string' || typeof tenantId !== 'string' || !isJsonObject(body)) return undefined;
  const { number, hash, prevHash } = body;
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 1) return undefined;
  if (typeof hash !== 'string' || typeof prevHash !== 'string') return undefined;
  return { id, tenantId, body, number, hash, prevHash };
}

function idOf(given: unknown): string {
  const id: unknown = isJsonObject(given) ? given['id'] : '';
  return typeof id === 'string' ? id.slice(0, 80) : '';
}

/**
 * The hash that follows from the entry; '' with the problem when none does. That of a thinned one is what its marker vouches for: it
 * comes with its `link`.
 */
function seal(
  entry: ChainEntry,
  crypto: AuditCrypto,
): { computed: string; withheld: number; problem?: string; link?: ThinnedLink } {
  try {
    if (isThinned(entry.body)) {
      const read = readThinned(entry, crypto);
      if (!read.ok) return { computed: '', withheld: 0, problem: read.problem };
      return { computed: String(entry.body['hash']), withheld: 0, link: read.link };
    }
    const sealed = sealedForm(entry, crypto);
    if (!sealed.ok) return { computed: '', withheld: 0, problem: sealed.problem };
    return { computed: crypto.sha256(canonicalJson(sealed.form)), withheld: sealed.withheld };
  } catch (error) {
    return { computed: '', withheld: 0, problem: error instanceof Error ? error.message : 'it cannot be read' };
  }
}
