import type { AuditCrypto } from '#shared/domain/audit/auditCrypto.ts';
import type { ChainEntry, Finding, WitnessedHead } from '#shared/domain/audit/auditTypes.ts';
import { createChainVerifier } from '#shared/domain/audit/chainVerifier.ts';
import { committedPaths } from '#shared/domain/audit/commitments.ts';
import { eraseValues } from '#shared/domain/audit/eraseValues.ts';
import { openKeyRing } from '#shared/domain/audit/keyRing.ts';
import type { KeyEvidence, ThinningEvidence } from '#shared/domain/audit/statements.ts';
import { thinnedBody } from '#shared/domain/audit/thinnedEntry.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import { serverCrypto } from '#server/sync/serverCrypto.ts';
import {
  endOf,
  sampleEntries,
  sampleGap,
  sampleHead,
  sampleKey,
  sampleServer,
  sampleThinning,
  sealAfter,
} from './sampleChains.ts';
import type { SampleChain } from './sampleChains.ts';

export interface World {
  keys: KeyEvidence[];
  chain: SampleChain;
  witnessed?: WitnessedHead;
}
/** What must be found first; kinds that could be said of it, and the number at which it shows. */
interface Expected {
  kinds: readonly Finding['kind'][];
  number: number;
}
export interface Tampered {
  world: World;
  expected: Expected;
}

const length = 11;
export const first = sampleKey('first', 0);
export const second = sampleKey('second', 100, first);
export const keys = [first.evidence, second.evidence];
const verdicts = new Map<string, boolean>();
/** Signatures are the dear part, and nearly all of them are the same ones again. */
export const crypto: AuditCrypto = {
  ...serverCrypto,
  verify: (signature, text, publicKey) => {
    const key = `${Buffer.from(signature).toString('hex')} ${text} ${Buffer.from(publicKey).toString('hex')}`;
    const verdict = verdicts.get(key) ?? serverCrypto.verify(signature, text, publicKey);
    verdicts.set(key, verdict);
    return verdict;
  },
};

export const entriesOf = (tenantId: string) =>
  sampleEntries(tenantId, length).map((entry, index) => {
    if (index % 5 === 3) return { ...entry, body: eraseValues(entry.body, committedPaths(entry.body)) };
    if (index % 5 === 4) return { ...entry, body: eraseValues(entry.body, ['changes', 'actorName']) };
    return entry;
  });
export const whole = chainOf('acme', 0);
export const shortened = chainOf('acme', 4);
export const other = chainOf('globex', 0);

function chainOf(tenantId: string, removed: number): SampleChain {
  const all = entriesOf(tenantId);
  const half = removed / 2;
  return {
    tenantId,
    gaps:
      removed === 0
        ? []
        : [
            sampleGap(first, tenantId, all.slice(0, half), 50),
            sampleGap(second, tenantId, all.slice(half, removed), 150),
          ],
    heads: [sampleHead(second, tenantId, endOf(all), 200)],
    entries: all.slice(removed),
  };
}

/** Places of entries whose content a rule removed. */
export const thinPlaces = [2, 3, 4, 7, 9];
export const thin = thinned('acme', 150);
export const { marker } = thin;
export const otherMarker = thinned('globex', 150).marker;

function thinned(tenantId: string, minute: number): { chain: SampleChain; marker: ThinningEvidence } {
  const made = sampleThinning(second, tenantId, entriesOf(tenantId), thinPlaces, minute);
  return { chain: { ...chainOf(tenantId, 0), gaps: [made.marker], entries: made.entries }, marker: made.marker };
}
export const thinnedAs = (entry: ChainEntry, mark: string, thread: string): ChainEntry => ({
  ...entry,
  body: thinnedBody(entry, { mark, thread }, serverCrypto).body,
});
export const sealAt = (place: number) =>
  String(((thin.chain.entries[place] as ChainEntry).body['thinned'] as JsonObject)['seal']);

export function verify({ keys: given, chain, witnessed }: World): readonly Finding[] {
  const ring = openKeyRing({ serverId: sampleServer, keys: given }, crypto);
  const verifier = createChainVerifier({ ...chain, ring, witnessed }, crypto);
  verifier.addMany(chain.entries);
  return [...ring.findings, ...verifier.finish({ fromStart: true, toEnd: true }).findings];
}

/** A number of the chain that is there: its entry's place in the list. */
export const numberAt = (chain: SampleChain, index: number) => Number(chain.entries[index]?.body['number']);
export const withEntries = (world: World, entries: ChainEntry[]): World => ({
  ...world,
  chain: { ...world.chain, entries },
});
export const changedAt = (entries: readonly ChainEntry[], index: number, change: (entry: ChainEntry) => ChainEntry) =>
  entries.map((entry, at) => (at === index ? change(entry) : entry));
/** Everything from this place on sealed again, as somebody with the store but without the key could. */
export const resealed = (entries: readonly ChainEntry[], from: number, start: { number: number; hash: string }) => {
  const done = entries.slice(0, from);
  for (const { id, tenantId, body } of entries.slice(from)) {
    const salted = body['salt'] === '' ? { ...body, salt: 'AAAAAAAAAAAAAAAAAAAAAA', commitments: [] } : body;
    done.push(sealAfter({ id, tenantId, body: salted }, endOf(done, start)));
  }
  return done;
};
export const startOf = ({ gaps }: SampleChain) => {
  const last = gaps.at(-1);
  return last && 'lastHash' in last ? { number: last.last, hash: last.lastHash } : { number: 0, hash: '' };
};
