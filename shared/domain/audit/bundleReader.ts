import type * as z from 'zod';
import { createJsonPieces } from '../../kernel/jsonPieces.ts';
import type { JsonPath } from '../../kernel/jsonPieces.ts';
import { portableCrypto } from './auditCrypto.ts';
import type { AuditCrypto } from './auditCrypto.ts';
import type { ChainReport, Finding } from './auditTypes.ts';
import { bundleChain, bundleFormat, bundleHeader, bundleSeal, bundleStatement } from './bundle.ts';
import type { BundleChain, BundleHeader, ChainEnd } from './bundle.ts';
import { createChainVerifier } from './chainVerifier.ts';
import type { ChainVerifier } from './chainVerifier.ts';
import { openKeyRing } from './keyRing.ts';
import type { KeyRing } from './keyRing.ts';

export interface BundleReport {
  serverId: string;
  exportedAt: string;
  exportedBy: string;
  /** Ids of the keys in their line, the first one first. */
  keyIds: string[];
  /** The server vouches that nothing was taken from the bundle: no chain, and no entry from a chain's end. */
  isSealed: boolean;
  chains: (ChainReport & { name: string })[];
  /** About keys and the seal. */
  findings: readonly Finding[];
  /** No finding anywhere. */
  holds: boolean;
}

export interface BundleReader {
  /** The next part of the document. @throws Error for what is no bundle, saying where. */
  feed: (text: string) => void;
  /** @throws Error when the bundle is not whole. */
  finish: () => BundleReport;
  /** Entries read so far. */
  count: () => number;
}

/** Verifies a bundle as it comes, in memory that does not grow with its entries; B1, B2. `trusted`: a key id that must be there. */
export function createBundleReader(trusted = '', crypto: AuditCrypto = portableCrypto): BundleReader {
  const header: Record<string, unknown> = {};
  const keys: unknown[] = [];
  let about: BundleHeader | undefined;
  let ring: KeyRing | undefined;
  let chain: { given: Record<string, unknown>; read?: BundleChain; verifier?: ChainVerifier } = { given: {} };
  const chains: (ChainReport & { name: string })[] = [];
  const seen = new Set<string>();
  let seal: unknown = null;
  let entries = 0;
  let hasChains = false;

  const openRing = (): KeyRing => {
    if (ring) return ring;
    about = shaped(bundleHeader, { ...header, keys }, 'the bundle');
    return (ring = openKeyRing({ serverId: about.serverId, keys, trusted }, crypto));
  };
  const openChain = (): ChainVerifier => {
    if (chain.verifier) return chain.verifier;
    const read = shaped(bundleChain, chain.given, `chain ${chains.length + 1}`);
    if (seen.has(read.tenantId)) throw new Error(`chain ${chains.length + 1} is of '${read.tenantId}' again.`);
    seen.add(read.tenantId);
    const { tenantId, gaps, heads } = read;
    chain.read = read;
    return (chain.verifier = createChainVerifier({ tenantId, ring: openRing(), gaps, heads }, crypto));
  };
  const onPiece = (path: JsonPath, value: unknown) => {
    const [name, , part] = path;
    if (path.length === 0 || typeof name === 'number') throw new Error('This is no audit bundle: it is no object.');
    if (name === 'format' && value !== bundleFormat)
      throw new Error(`This is no audit bundle: format '${shortOf(value)}'.`);
    if (name === 'keys' && path.length === 2) keys.push(value);
    else if (path.length === 1 && name === 'seal') seal = value;
    else if (path.length === 1 && name !== 'chains' && name !== 'keys') {
      if (ring) throw new Error(`'${String(name)}' stands behind the chains; it belongs before them.`);
      header[String(name)] = value;
    } else if (path.length === 3 && part !== 'entries') {
      if (chain.verifier) throw new Error(`'${String(part)}' stands behind entries; it belongs before them.`);
      chain.given[String(part)] = value;
    } else if (path.length === 4) {
      openChain().add(value);
      entries += 1;
    } else throw new Error(`'${path.join('.')}' has another shape than in an audit bundle.`);
  };
  const pieces = createJsonPieces({
    isOpened: (path) =>
      path.length === 0 ||
      (path.length === 1 && (path[0] === 'keys' || path[0] === 'chains')) ||
      (path[0] === 'chains' && (path.length === 2 || (path.length === 3 && path[2] === 'entries'))),
    onPiece,
    onEnd: (path) => {
      if (path[0] === 'chains' && path.length === 1) hasChains = true;
      if (path[0] !== 'chains' || path.length !== 2) return;
      const report = openChain().finish({ fromStart: true, toEnd: true });
      chains.push({ ...report, name: chain.read?.name ?? '' });
      chain = { given: {} };
    },
  });
  return {
    feed: pieces.feed,
    count: () => entries,
    finish: () => {
      pieces.end();
      if (!hasChains) throw new Error('This is no audit bundle: it has no chains.');
      const { keys: line, findings: ofKeys, serverId } = openRing();
      const { exportedAt = '', exportedBy = '' } = about ?? {};
      const ofSeal = seal === null ? undefined : checkSeal();
      const findings = ofSeal ? [...ofKeys, ofSeal] : ofKeys;
      return {
        serverId,
        exportedAt,
        exportedBy,
        keyIds: line.map((key) => key.keyId),
        isSealed: seal !== null,
        chains,
        findings,
        holds: findings.length === 0 && chains.every((one) => one.findings.length === 0),
      };
    },
  };

  function checkSeal(): Finding | undefined {
    const header = about;
    const read = bundleSeal.safeParse(seal);
    if (!read.success || !header)
      return { kind: 'bad_signature', tenantId: '', number: 0, id: '', expected: 'a seal', found: 'another shape' };
    const ends: ChainEnd[] = chains.map((one) => ({ tenantId: one.tenantId, number: one.endsAt, hash: one.endHash }));
    const statement = bundleStatement(header, ends, read.data.keyId, crypto);
    return openRing().check({ ...read.data, tenantId: '', number: 0, statement, signedAt: header.exportedAt });
  }
}

function shaped<Value>(schema: z.ZodType<Value>, given: unknown, what: string): Value {
  const read = schema.safeParse(given);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new Error(`${what} is not valid at '${issue?.path.join('.') ?? ''}': ${issue?.message ?? ''}.`);
}

const shortOf = (value: unknown) => (JSON.stringify(value) ?? '').slice(0, 40);
