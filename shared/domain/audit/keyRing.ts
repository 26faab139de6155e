import type * as z from 'zod';
import { fromBase64Url } from '../../kernel/base64Url.ts';
import { isJsonObject } from '../../kernel/json.ts';
import { portableCrypto } from './auditCrypto.ts';
import type { AuditCrypto } from './auditCrypto.ts';
import type { Finding, FindingKind } from './auditTypes.ts';
import {
  gapEvidence,
  gapStatement,
  headEvidence,
  headStatement,
  keyEvidence,
  keyStatement,
  thinningEvidence,
  thinningStatement,
} from './statements.ts';
import type { GapEvidence, HeadEvidence, KeyEvidence, ThinningEvidence } from './statements.ts';

interface RingKey extends KeyEvidence {
  raw: Uint8Array;
}

/** What became of something signed. */
export type Checked<Evidence> = { ok: true; evidence: Evidence } | { ok: false; finding: Finding };

export interface SignedStatement {
  /** Where it shows if something is wrong. */
  tenantId: string;
  number: number;
  statement: string;
  signature: string;
  keyId: string;
  signedAt: string;
}

/** The keys of one server that can be believed, and what was wrong with the others. */
export interface KeyRing {
  serverId: string;
  /** Oldest first, each endorsed by the one before; K3. */
  keys: readonly KeyEvidence[];
  /** Of the platform (`tenantId` '') with number 0 and the key's id. */
  findings: readonly Finding[];
  /** What is wrong with a signature; undefined = nothing. */
  check: (signed: SignedStatement) => Finding | undefined;
  head: (tenantId: string, head: unknown) => Checked<HeadEvidence>;
  gap: (tenantId: string, gap: unknown) => Checked<GapEvidence>;
  thinning: (tenantId: string, thinning: unknown) => Checked<ThinningEvidence>;
}

/** K2. */
export function keyIdOf(raw: Uint8Array, { sha256 }: AuditCrypto = portableCrypto): string {
  return sha256(raw).slice(0, 16);
}

/**
 * Reads the bodies of auditKey records. `trusted`: a key id known from elsewhere (witnessed, told by the operator) that must be
 * among them.
 */
export function openKeyRing(
  { serverId, keys, trusted = '' }: { serverId: string; keys: readonly unknown[]; trusted?: string },
  crypto: AuditCrypto = portableCrypto,
): KeyRing {
  const findings: Finding[] = [];
  const blame = (kind: FindingKind, id: string, expected: string, found: string) =>
    void findings.push({ kind, tenantId: '', number: 0, id, expected, found });
  const good = new Map<string, RingKey>();
  for (const given of keys) {
    const read = keyEvidence.safeParse(given);
    const raw = read.success ? fromBase64Url(read.data.publicKey) : undefined;
    if (!read.success || raw?.length !== 32) blame('bad_signature', idIn(given), 'a public key', 'something else');
    else if (keyIdOf(raw, crypto) !== read.data.keyId)
      blame('bad_signature', read.data.keyId, keyIdOf(raw, crypto), read.data.keyId);
    else if (good.has(read.data.keyId)) blame('inserted', read.data.keyId, 'every key once', 'a key twice');
    else good.set(read.data.keyId, { ...read.data, raw });
  }
  const line = endorsedLine({ serverId, good, blame }, crypto);
  if (trusted !== '' && !line.some((key) => key.keyId === trusted))
    blame('unknown_key', trusted, 'the key that is trusted', 'none of that id');
  const ring = new Map(line.map((key) => [key.keyId, key]));

  const check: KeyRing['check'] = ({ tenantId, number, statement, signature, keyId, signedAt }) => {
    const wrong = (kind: FindingKind, expected: string, found: string): Finding => ({
      kind,
      tenantId,
      number,
      id: keyId,
      expected,
      found,
    });
    const key = ring.get(keyId);
    if (!key) return wrong('unknown_key', 'a key of this server', keyId);
    const bytes = fromBase64Url(signature);
    if (bytes?.length !== 64 || !crypto.verify(bytes, statement, key.raw))
      return wrong('bad_signature', `a signature of key ${keyId}`, 'another');
    if (key.retiredAt !== '' && isLater(signedAt, key.retiredAt))
      return wrong('retired_key', `nothing after ${key.retiredAt}`, signedAt);
    return undefined;
  };
  const read = <Evidence extends { keyId: string; signature: string }>(
    schema: z.ZodType<Evidence>,
    given: unknown,
    tenantId: string,
    about: (evidence: Evidence) => { number: number; signedAt: string; statement: string },
  ): Checked<Evidence> => {
    const parsed = schema.safeParse(given);
    if (!parsed.success) {
      const finding: Finding = {
        kind: 'bad_signature',
        tenantId,
        number: 0,
        id: idIn(given),
        expected: 'a signed statement',
        found: 'another shape',
      };
      return { ok: false, finding };
    }
    const { keyId, signature } = parsed.data;
    const finding = check({ tenantId, keyId, signature, ...about(parsed.data) });
    return finding ? { ok: false, finding } : { ok: true, evidence: parsed.data };
  };
  return {
    serverId,
    keys: line.map(({ raw: _raw, ...key }) => key),
    findings,
    check,
    head: (tenantId, given) =>
      read(headEvidence, given, tenantId, (head) => ({
        number: head.number,
        signedAt: head.signedAt,
        statement: headStatement({ serverId, tenantId }, head),
      })),
    gap: (tenantId, given) =>
      read(gapEvidence, given, tenantId, (gap) => ({
        number: gap.first,
        signedAt: gap.removedAt,
        statement: gapStatement({ serverId, tenantId }, gap),
      })),
    thinning: (tenantId, given) =>
      read(thinningEvidence, given, tenantId, (thinning) => ({
        number: thinning.first,
        signedAt: thinning.removedAt,
        statement: thinningStatement({ serverId, tenantId }, thinning),
      })),
  };
}

interface Line {
  serverId: string;
  good: ReadonlyMap<string, RingKey>;
  blame: (kind: FindingKind, id: string, expected: string, found: string) => void;
}

/** K3: from the first key on, each endorsed by the one it replaced and made when that one retired. */
function endorsedLine({ serverId, good, blame }: Line, crypto: AuditCrypto): RingKey[] {
  const [first, ...more] = [...good.values()].filter((key) => key.endorsedBy === '');
  if (!first) {
    if (good.size > 0) blame('unknown_key', '', 'a first key', 'none');
    return [];
  }
  for (const key of more) blame('bad_signature', key.keyId, 'an endorsement', 'none');
  if (!isEndorsed(first, first, serverId, crypto)) blame('bad_signature', first.keyId, 'its own signature', 'another');
  const line = [first];
  const seen = new Set([first, ...more]);
  for (let last = first; ;) {
    const [next, ...others] = [...good.values()].filter((key) => key.endorsedBy === last.keyId && !seen.has(key));
    if (!next) {
      if (last.retiredAt !== '') blame('unknown_key', last.keyId, `the key that followed at ${last.retiredAt}`, 'none');
      break;
    }
    for (const key of others) blame('forked', key.keyId, `one successor of ${last.keyId}`, 'another');
    for (const key of others) seen.add(key);
    seen.add(next);
    if (!isEndorsed(next, last, serverId, crypto)) {
      blame('bad_signature', next.keyId, `an endorsement by ${last.keyId}`, 'another');
      break;
    }
    if (last.retiredAt !== next.madeAt) blame('retired_key', last.keyId, next.madeAt, last.retiredAt);
    line[line.length - 1] = last = { ...last, retiredAt: next.madeAt };
    line.push(next);
    last = next;
  }
  for (const key of good.values())
    if (!seen.has(key)) blame('unknown_key', key.keyId, `an endorsement by a key of this server`, key.endorsedBy);
  return line;
}

function isEndorsed(key: RingKey, by: RingKey, serverId: string, crypto: AuditCrypto): boolean {
  const signature = fromBase64Url(key.endorsement);
  return signature?.length === 64 && crypto.verify(signature, keyStatement(serverId, key), by.raw);
}

const isLater = (left: string, right: string) => !(Date.parse(left) <= Date.parse(right));

function idIn(given: unknown): string {
  const id: unknown = isJsonObject(given) ? (given['keyId'] ?? '') : '';
  return typeof id === 'string' ? id.slice(0, 80) : '';
}
