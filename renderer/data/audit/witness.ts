import { acceptHead } from '#shared/domain/audit/acceptHead.ts';
import { portableCrypto } from '#shared/domain/audit/auditCrypto.ts';
import type { Finding } from '#shared/domain/audit/auditTypes.ts';
import { openKeyRing } from '#shared/domain/audit/keyRing.ts';
import type { KeyRing } from '#shared/domain/audit/keyRing.ts';
import { rememberSignatures } from '#shared/domain/audit/rememberSignatures.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import type { Clock } from '#shared/kernel/sources.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { numberIn, textIn } from '#shared/records/readBody.ts';
import type { LocalData } from '../storage/localData.ts';
import { asFact, noWitness, settled, withHead, withRefusal, witnessFactSchema } from './witnessState.ts';
import type { ChainProof, SeenHead, WitnessFact, WitnessState } from './witnessState.ts';

/** Remembers the ends of the log's chains and refuses what does not go on from them; W1 of the chain's SPEC.md. */
export interface Witness {
  state: () => WitnessState;
  observe: (listener: (state: WitnessState) => void) => () => void;
  /** A person looked into what was refused of a chain and trusts the server from now on. */
  settle: (tenantId: string) => Promise<void>;
  keepProof: (proof: ChainProof) => Promise<void>;
  close: () => void;
}

export interface WitnessParts {
  data: LocalData;
  /** The server's id; '' before the first contact. */
  serverId: () => string;
  /** Heads and keys are still coming: a key that is missing may be on its way. */
  isFetching: () => boolean;
  clock: Clock;
  schedule: (milliseconds: number, work: () => void) => () => void;
}

export const witnessFact = 'auditWitness';
/** Milliseconds: what comes within them is looked at together. */
const pace = 300;
/** Refused heads are looked at again after it: their key may have come. */
const patience = 2000;
/** Verifying holds the window up for so many milliseconds at a time: a signature takes some. */
const stretch = 8;
/** What the engine answers at once. */
const mostChains = 5000;

export async function openWitness({ data, serverId, isFetching, clock, schedule }: WitnessParts): Promise<Witness> {
  const kept = witnessFactSchema.safeParse(await data.store.getFact(witnessFact));
  let state: WitnessState = kept.success ? { ...noWitness, ...kept.data, server: serverId() } : noWitness;
  const listeners = new Set<(state: WitnessState) => void>();
  let cancel: (() => void) | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  let closed = false;
  const crypto = rememberSignatures(portableCrypto);
  /** Numbers of the heads that are being looked at, by chain: an entry of one may come before the head is remembered. */
  let offered: ReadonlyMap<string, number> = new Map();

  const now = () => new Date(clock()).toISOString();
  const put = async (fact: WitnessFact) => {
    const next = { ...fact, server: serverId(), problem: '' };
    if (JSON.stringify(next) === JSON.stringify(state)) return;
    // Stored before anybody is told: what was witnessed must survive whatever comes next.
    await data.store.putFact(witnessFact, asFact(next));
    state = next;
    listeners.forEach((listener) => listener(state));
  };
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const mine = turn.then(() => (closed ? undefined : work()));
    turn = mine.catch(() => undefined);
    return mine;
  };
  const recordsOf = async (
    kind: string,
    conditions: { path: string; value: string | number }[] = [],
    limit = mostChains,
  ) => {
    const list = {
      kind,
      conditions: conditions.map(({ path, value }) =>
        value === '' ? { path, operator: 'is_empty' as const } : { path, operator: 'is' as const, value },
      ),
      words: [],
      order: [],
    };
    const { documents } = await data.store.lists.page({ list, offset: 0, limit });
    return documents.flatMap(({ record }) => (isTombstone(record) ? [] : [record]));
  };

  const look = async (): Promise<void> => {
    const heads = await recordsOf('auditHead');
    if (heads.length === 0 || serverId() === '') return;
    const keys = (await recordsOf('auditKey')).map(({ body }) => body);
    const ring = openKeyRing({ serverId: serverId(), keys, trusted: state.firstKey }, crypto);
    let fact: WitnessFact = { ...state, serverId: state.serverId || serverId() };
    const refuse = (finding: Finding, witnessed: SeenHead | undefined, offered: JsonObject) => {
      const id = `${finding.tenantId}/${finding.kind}/${finding.number}/${now()}`;
      const refusal = {
        id,
        at: now(),
        tenantId: finding.tenantId,
        finding,
        witnessed: witnessed ?? null,
        offered,
        keys,
      };
      fact = withRefusal(fact, { ...refusal, settledAt: '' });
    };
    offered = new Map(heads.map(({ tenantId, body }) => [tenantId, numberIn(body, 'number')]));
    let isWaiting = false;
    let since = performance.now();
    for (const { tenantId, body } of heads) {
      if (performance.now() - since > stretch) {
        await new Promise<void>((resume) => void schedule(0, resume));
        if (closed) return;
        since = performance.now();
      }
      const seen = fact.heads[tenantId] ?? [];
      const outcome = acceptHead(seen.at(-1), body, { tenantId, ring });
      if (!outcome.accepted) {
        if (outcome.finding.kind === 'unknown_key' && isFetching()) isWaiting = true;
        else refuse(outcome.finding, seen.at(-1), body);
        continue;
      }
      const fault = await faultOf(tenantId, seen);
      if (fault) refuse(fault.finding, fault.head, fault.offered);
      else
        fact = withHead(confirmed(fact, tenantId), {
          ...outcome.witnessed,
          signed: body,
          seenAt: now(),
          confirmed: false,
        });
    }
    if (fact.firstKey === '') fact = { ...fact, firstKey: firstKeyOf(ring) };
    await put(fact);
    if (isWaiting) later(patience);
  };
  /** The entry with a witnessed number is here and has another hash. */
  const faultOf = async (tenantId: string, seen: readonly SeenHead[]) => {
    for (const head of seen.slice(-5)) {
      const entries = await recordsOf(
        'auditEntry',
        [
          { path: 'body.number', value: head.number },
          { path: 'tenantId', value: tenantId },
        ],
        5,
      );
      const other = entries.find((entry) => textIn(entry.body, 'hash') !== head.hash);
      if (other) return { head, finding: forkAt(head, other), offered: placeOf(other) };
    }
    return undefined;
  };
  const confirmed = (fact: WitnessFact, tenantId: string): WitnessFact => ({
    ...fact,
    heads: {
      ...fact.heads,
      [tenantId]: (fact.heads[tenantId] ?? []).map((head) => ({ ...head, confirmed: true })),
    },
  });
  const later = (milliseconds: number) => {
    cancel ??= schedule(milliseconds, () => {
      cancel = undefined;
      // The next write is another occasion; until then the proof page says that it failed.
      inTurn(look).catch((error: unknown) => {
        state = { ...state, problem: error instanceof Error ? error.message : String(error) };
        listeners.forEach((listener) => listener(state));
      });
    });
  };
  const stop = data.onWritten((collection, documents) => {
    const concerns = documents.some(({ record }) => {
      if (isTombstone(record)) return false;
      if (record.kind === 'auditHead' || record.kind === 'auditKey') return true;
      if (record.kind !== 'auditEntry') return false;
      const number = numberIn(record.body, 'number');
      if (offered.get(record.tenantId) === number) return true;
      return (state.heads[record.tenantId] ?? []).some((head) => head.number === number);
    });
    if (collection !== 'events' && concerns) later(pace);
  });
  later(pace);
  return {
    state: () => ({ ...state, server: serverId() }),
    observe: (listener) => {
      listeners.add(listener);
      listener({ ...state, server: serverId() });
      return () => void listeners.delete(listener);
    },
    settle: (tenantId) =>
      inTurn(async () => {
        const isKeys = state.refusals.some(
          (one) => one.settledAt === '' && one.tenantId === tenantId && isAboutKeys(one.finding),
        );
        await put({ ...settled(state, tenantId, now()), ...(isKeys ? { firstKey: '', serverId: '' } : {}) });
        later(0);
      }),
    keepProof: (proof) => inTurn(() => put({ ...state, proofs: { ...state.proofs, [proof.tenantId]: proof } })),
    close: () => {
      closed = true;
      cancel?.();
      stop();
    },
  };
}

const isAboutKeys = ({ kind }: Finding) => kind === 'unknown_key' || kind === 'bad_signature';

function firstKeyOf({ keys }: KeyRing): string {
  return keys[0]?.keyId ?? '';
}

/** Numbers and hashes say what is wrong; what else an entry holds may be about people. */
function placeOf({ id, body }: RecordEnvelope): JsonObject {
  return { id, number: numberIn(body, 'number'), hash: textIn(body, 'hash'), prevHash: textIn(body, 'prevHash') };
}

function forkAt(head: SeenHead, { id, body }: RecordEnvelope): Finding {
  const { tenantId, number, hash } = head;
  return { kind: 'forked', tenantId, number, id, expected: hash, found: textIn(body, 'hash') };
}
