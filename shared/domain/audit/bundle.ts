import * as z from 'zod';
import { canonicalJson } from '../../kernel/canonicalJson.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { ChainEntry } from './auditTypes.ts';
import { portableCrypto } from './auditCrypto.ts';
import type { AuditCrypto } from './auditCrypto.ts';

export const bundleFormat = 'steward.audit.bundle';

/** What stands in a bundle before its chains; B1. */
export const bundleHeader = z.strictObject({
  format: z.literal(bundleFormat),
  version: z.literal(1),
  serverId: z.string().max(80),
  exportedAt: z.string().max(40),
  /** Name of who asked for it. */
  exportedBy: z.string().max(400),
  keys: z.array(z.unknown()).max(10_000),
});
export type BundleHeader = z.infer<typeof bundleHeader>;

/** What stands in a chain before its entries. */
export const bundleChain = z.strictObject({
  /** '' = the platform's. */
  tenantId: z.string().max(80),
  name: z.string().max(400),
  gaps: z.array(z.unknown()).max(100_000),
  heads: z.array(z.unknown()).max(1000),
});
export type BundleChain = z.infer<typeof bundleChain>;

/** The server's signature that these are all chains that were asked for, each up to here; B2. */
export const bundleSeal = z.strictObject({
  keyId: z.string().max(80),
  signature: z.string().max(128),
});
export type BundleSeal = z.infer<typeof bundleSeal>;

/** Where a chain of a bundle ends. */
export interface ChainEnd {
  tenantId: string;
  number: number;
  hash: string;
}

/** What is signed for a bundle; K1. */
export function bundleStatement(
  { serverId, exportedAt, exportedBy }: Pick<BundleHeader, 'serverId' | 'exportedAt' | 'exportedBy'>,
  ends: readonly ChainEnd[],
  keyId: string,
  { sha256 }: AuditCrypto = portableCrypto,
): string {
  const chains = sha256(canonicalJson(ends.map(({ tenantId, number, hash }) => ({ tenantId, number, hash }))));
  return canonicalJson({ type: 'steward.audit.bundle', serverId, exportedAt, exportedBy, chains, keyId });
}

// The parts of a bundle in the order in which they are written; one entry a line.

export function bundleStart({ format, version, serverId, exportedAt, exportedBy, keys }: BundleHeader): string {
  const header = JSON.stringify({ format, version, serverId, exportedAt, exportedBy, keys });
  return `${header.slice(0, -1)},"chains":[`;
}

/** `isFirst`: no chain has been written before. */
export function chainStart({ tenantId, name, gaps, heads }: BundleChain, isFirst: boolean): string {
  return `${isFirst ? '' : ','}\n${JSON.stringify({ tenantId, name, gaps, heads }).slice(0, -1)},"entries":[`;
}

export function bundleEntry({ id, tenantId, body }: ChainEntry, isFirst: boolean): string {
  const entry: JsonObject = { id, tenantId, body };
  return `${isFirst ? '' : ','}\n${JSON.stringify(entry)}`;
}

export const chainEnd = ']}';

/** `seal`: what the server signs; a console that writes a bundle by itself has none. */
export function bundleEnd(seal: BundleSeal | null): string {
  return `],"seal":${JSON.stringify(seal)}}\n`;
}
