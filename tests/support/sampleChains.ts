import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { ChainEntry } from '#shared/domain/audit/auditTypes.ts';
import { keyIdOf } from '#shared/domain/audit/keyRing.ts';
import { hashOfEntry } from '#shared/domain/audit/sealedForm.ts';
import { gapStatement, headStatement, keyStatement, thinningStatement } from '#shared/domain/audit/statements.ts';
import type { GapEvidence, HeadEvidence, KeyEvidence, ThinningEvidence } from '#shared/domain/audit/statements.ts';
import { thinnedBody } from '#shared/domain/audit/thinnedEntry.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import { serverCrypto } from '#server/sync/serverCrypto.ts';

export const sampleServer = 'server-1';

export interface SampleChain {
  tenantId: string;
  gaps: (GapEvidence | ThinningEvidence)[];
  heads: HeadEvidence[];
  entries: ChainEntry[];
}

export interface SampleKey {
  evidence: KeyEvidence;
  privateKey: KeyObject;
}

export const sampleTime = (minute: number) => new Date(Date.UTC(2026, 0, 1) + minute * 60_000).toISOString();

/** The key pair of this name, endorsed by the one it replaces, which retires. */
export function sampleKey(name: string, minute: number, before?: SampleKey): SampleKey {
  const seed = createHash('sha256').update(name).digest();
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const publicText = String(createPublicKey(privateKey).export({ format: 'jwk' })['x']);
  const keyId = keyIdOf(Buffer.from(publicText, 'base64url'));
  const madeAt = sampleTime(minute);
  const said = { keyId, publicKey: publicText, madeAt, endorsedBy: before?.evidence.keyId ?? '' };
  const endorsement = signed(before?.privateKey ?? privateKey, keyStatement(sampleServer, said));
  if (before) before.evidence.retiredAt = madeAt;
  return { evidence: { ...said, retiredAt: '', endorsement }, privateKey };
}

export function signed(key: KeyObject, text: string): string {
  return sign(null, Buffer.from(text), key).toString('base64url');
}

/** The entry with its place in the chain and its hash. */
export function sealAfter(entry: ChainEntry, before: { number: number; hash: string }): ChainEntry {
  const body = { ...entry.body, number: before.number + 1, prevHash: before.hash };
  return { ...entry, body: { ...body, hash: hashOfEntry({ ...entry, body }, serverCrypto) } };
}

export function endOf(
  entries: readonly ChainEntry[],
  start = { number: 0, hash: '' },
): { number: number; hash: string } {
  const last = entries.at(-1);
  return last ? { number: Number(last.body['number']), hash: String(last.body['hash']) } : start;
}

export function sampleEntries(tenantId: string, count: number): ChainEntry[] {
  const entries: ChainEntry[] = [];
  for (let number = 1; number <= count; number++) {
    const salt = createHash('sha256').update(`${tenantId} ${number}`).digest().subarray(0, 16).toString('base64url');
    const body: JsonObject = {
      number: 0,
      at: sampleTime(number),
      actorId: `staff-${number % 3}`,
      actorName: ['Ada', 'Grace', 'Edsger'][number % 3] ?? '',
      session: 'session-1',
      device: number % 2 === 0 ? 'Linux' : '',
      address: number % 4 === 0 ? '' : 'a1b2c3',
      appVersion: '0.1.0',
      action: 'update',
      resource: 'tenant',
      resourceId: `r-${number}`,
      resourceName: `Record ${number}`,
      changes: [{ path: 'body.name', old: `from ${number}`, new: { to: number, exact: number % 2 === 0 } }],
      reason: number % 5 === 0 ? 'A person asked for it.' : '',
      requestId: `q-${number}`,
      madeOfflineAt: '',
      durationMs: number,
      format: 2,
      salt,
      commitments: [],
      prevHash: '',
      hash: '',
    };
    entries.push(sealAfter({ id: `${tenantId}-entry-${number}`, tenantId, body }, endOf(entries)));
  }
  return entries;
}

export function sampleHead(
  key: SampleKey,
  tenantId: string,
  end: { number: number; hash: string },
  minute: number,
): HeadEvidence {
  const said = { ...end, signedAt: sampleTime(minute), keyId: key.evidence.keyId };
  return { ...said, signature: signed(key.privateKey, headStatement({ serverId: sampleServer, tenantId }, said)) };
}

/** The gap that stands for these entries. */
export function sampleGap(
  key: SampleKey,
  tenantId: string,
  entries: readonly ChainEntry[],
  minute: number,
): GapEvidence {
  const first = entries[0]?.body ?? {};
  const last = entries.at(-1)?.body ?? {};
  const said = {
    first: Number(first['number']),
    last: Number(last['number']),
    prevHash: String(first['prevHash']),
    lastHash: String(last['hash']),
    from: String(first['at']),
    until: String(last['at']),
    reason: 'Older than a year',
    removedAt: sampleTime(minute),
    keyId: key.evidence.keyId,
  };
  return { ...said, signature: signed(key.privateKey, gapStatement({ serverId: sampleServer, tenantId }, said)) };
}

/** The entries without the content of those at these places, and the marker that covers them. */
export function sampleThinning(
  key: SampleKey,
  tenantId: string,
  entries: readonly ChainEntry[],
  places: readonly number[],
  minute: number,
  covers = 'changes',
): { entries: ChainEntry[]; marker: ThinningEvidence } {
  const thinned = [...entries];
  let digest = '';
  for (const place of places) {
    const entry = entries[place] as ChainEntry;
    const { body, seal } = thinnedBody(entry, { mark: `mark-${minute}`, thread: digest }, serverCrypto);
    thinned[place] = { ...entry, body };
    digest = seal;
  }
  const [first, last] = [entries[places[0] ?? 0]?.body ?? {}, entries[places.at(-1) ?? 0]?.body ?? {}];
  const said = {
    mark: `mark-${minute}`,
    first: Number(first['number']),
    last: Number(last['number']),
    count: places.length,
    covers,
    digest,
    from: String(first['at']),
    until: String(last['at']),
    ruleId: 'rule-1',
    reason: 'Changes for a year',
    by: 'system',
    removedAt: sampleTime(minute),
    keyId: key.evidence.keyId,
  };
  const signature = signed(key.privateKey, thinningStatement({ serverId: sampleServer, tenantId }, said));
  return { entries: thinned, marker: { ...said, signature } };
}
