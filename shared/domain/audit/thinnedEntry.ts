import { canonicalJson } from '../../kernel/canonicalJson.ts';
import { isJsonObject } from '../../kernel/json.ts';
import type { JsonObject } from '../../kernel/json.ts';
import { portableCrypto } from './auditCrypto.ts';
import type { AuditCrypto } from './auditCrypto.ts';
import type { ChainEntry } from './auditTypes.ts';

/** How a thinned entry hangs on the marker that covers it; G2. */
export interface ThinnedLink {
  /** `mark` of the marker. */
  mark: string;
  /** `seal` of the entry that the same marker thinned before; '' = the first. */
  thread: string;
  /** SHA-256 over `thread` and what stays of the entry. */
  seal: string;
}

/** Format of an entry whose content a retention rule removed. */
export const thinnedFormat = 3;

/** Members that are blank in a thinned entry; what its schema asks for is there. */
const blank: JsonObject = {
  actorId: '',
  actorName: '',
  session: '',
  device: '',
  address: '',
  appVersion: '',
  resourceId: '',
  resourceName: '',
  changes: [],
  reason: '',
  requestId: '',
  madeOfflineAt: '',
  durationMs: 0,
  salt: '',
  commitments: [],
};
const kept = ['number', 'at', 'action', 'resource', 'prevHash', 'hash'] as const;
const members = new Set<string>([...kept, ...Object.keys(blank), 'format', 'thinned']);

/** The body without its content: when, which kind of data, and its place in the chain stay; G2. */
export function thinnedBody(
  { id, tenantId, body }: ChainEntry,
  { mark, thread }: Pick<ThinnedLink, 'mark' | 'thread'>,
  crypto: AuditCrypto = portableCrypto,
): { body: JsonObject; seal: string } {
  const stays: JsonObject = {};
  for (const name of kept) stays[name] = body[name] ?? '';
  const seal = sealOf({ id, tenantId, body: stays }, mark, thread, crypto);
  return { body: { ...stays, ...blank, format: thinnedFormat, thinned: { mark, thread, seal } }, seal };
}

export function isThinned(body: JsonObject): boolean {
  return body['format'] === thinnedFormat;
}

/** How a thinned entry hangs together, or what is wrong with it by itself. */
export function readThinned(
  entry: ChainEntry,
  crypto: AuditCrypto = portableCrypto,
): { ok: true; link: ThinnedLink } | { ok: false; problem: string } {
  const { body } = entry;
  const { thinned } = body;
  if (!isJsonObject(thinned) || Object.keys(thinned).length !== 3) return { ok: false, problem: 'it names no marker' };
  const { mark, thread, seal } = thinned;
  if (typeof mark !== 'string' || typeof thread !== 'string' || typeof seal !== 'string')
    return { ok: false, problem: 'it names no marker' };
  const other = Object.keys(body).find((name) => !members.has(name));
  if (other !== undefined) return { ok: false, problem: `${other} is there though its content was removed` };
  for (const [name, empty] of Object.entries(blank))
    if (body[name] !== undefined && canonicalJson(body[name]) !== canonicalJson(empty))
      return { ok: false, problem: `${name} is there though its content was removed` };
  if (sealOf(entry, mark, thread, crypto) !== seal) return { ok: false, problem: 'what stays of it was changed' };
  return { ok: true, link: { mark, thread, seal } };
}

function sealOf({ id, tenantId, body }: ChainEntry, mark: string, thread: string, { sha256 }: AuditCrypto): string {
  return sha256(canonicalJson([mark, thread, id, tenantId, ...kept.map((name) => body[name] ?? '')]));
}
