import * as z from 'zod';
import { canonicalJson } from '../../kernel/canonicalJson.ts';

const name = z.string().max(80);
const hash = z.string().max(64);
const number = z.int().min(0);

/** Bodies of the kinds auditKey, auditHead and auditGap as evidence is read: nothing more than what is signed. */
export const keyEvidence = z.strictObject({
  keyId: name,
  publicKey: name,
  madeAt: name,
  retiredAt: name.default(''),
  endorsedBy: name.default(''),
  endorsement: z.string().max(128).default(''),
});
export type KeyEvidence = z.infer<typeof keyEvidence>;

export const headEvidence = z.strictObject({
  number,
  hash,
  signedAt: name,
  keyId: name,
  signature: z.string().max(128),
});
export type HeadEvidence = z.infer<typeof headEvidence>;

export const gapEvidence = z.strictObject({
  first: number,
  last: number,
  prevHash: hash,
  lastHash: hash,
  from: name,
  until: name,
  reason: z.string().max(400),
  removedAt: name,
  keyId: name,
  signature: z.string().max(128),
});
export type GapEvidence = z.infer<typeof gapEvidence>;

/** Body of an auditGap record that stands for the content of entries; G2. */
export const thinningEvidence = z.strictObject({
  mark: name,
  first: number,
  last: number,
  count: number,
  covers: name,
  digest: hash,
  from: name,
  until: name,
  ruleId: name,
  reason: z.string().max(400),
  by: name,
  removedAt: name,
  keyId: name,
  signature: z.string().max(128),
});
export type ThinningEvidence = z.infer<typeof thinningEvidence>;

/** Whose statement it is: a server's, about one chain ('' = the platform's). */
export interface ChainName {
  serverId: string;
  tenantId: string;
}

/** What is signed for a head; K1. */
export function headStatement(
  { serverId, tenantId }: ChainName,
  head: Pick<HeadEvidence, 'number' | 'hash' | 'signedAt' | 'keyId'>,
): string {
  const { number: at, hash: of, signedAt, keyId } = head;
  return canonicalJson({ type: 'steward.audit.head', serverId, tenantId, number: at, hash: of, signedAt, keyId });
}

/** What is signed for a gap; K1. */
export function gapStatement({ serverId, tenantId }: ChainName, gap: Omit<GapEvidence, 'signature'>): string {
  const { first, last, prevHash, lastHash, from, until, reason, removedAt, keyId } = gap;
  const said = { first, last, prevHash, lastHash, from, until, reason, removedAt, keyId };
  return canonicalJson({ type: 'steward.audit.gap', serverId, tenantId, ...said });
}

/** What is signed for the removal of content; K1. */
export function thinningStatement(
  { serverId, tenantId }: ChainName,
  thinning: Omit<ThinningEvidence, 'signature'>,
): string {
  const { mark, first, last, count, covers, digest, from, until, ruleId, reason, by, removedAt, keyId } = thinning;
  const said = { mark, first, last, count, covers, digest, from, until, ruleId, reason, by, removedAt, keyId };
  return canonicalJson({ type: 'steward.audit.thinning', serverId, tenantId, ...said });
}

/** What the key that is replaced signs about the one that follows; K1. */
export function keyStatement(
  serverId: string,
  key: Pick<KeyEvidence, 'keyId' | 'publicKey' | 'madeAt' | 'endorsedBy'>,
): string {
  const { keyId, publicKey, madeAt, endorsedBy } = key;
  return canonicalJson({ type: 'steward.audit.key', serverId, keyId, publicKey, madeAt, endorsedBy });
}
