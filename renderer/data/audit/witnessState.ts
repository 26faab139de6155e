import * as z from 'zod';
import type { Json } from '#shared/kernel/json.ts';

const findingSchema = z.object({
  kind: z.enum([
    'altered',
    'missing',
    'inserted',
    'reordered',
    'broken_link',
    'truncated',
    'forked',
    'foreign',
    'uncovered',
    'bad_signature',
    'unknown_key',
    'retired_key',
  ]),
  tenantId: z.string(),
  number: z.number(),
  id: z.string(),
  expected: z.string(),
  found: z.string(),
});

const headSchema = z.object({
  tenantId: z.string(),
  number: z.int(),
  hash: z.string(),
  signedAt: z.string(),
  keyId: z.string(),
  /** The signed body as it came: evidence. Null of those that are not the newest. */
  signed: z.json(),
  /** ISO 8601 by this computer's clock. */
  seenAt: z.string(),
  /** The entry with this number was here with this hash. */
  confirmed: z.boolean().default(false),
});
export type SeenHead = z.infer<typeof headSchema>;

const refusalSchema = z.object({
  id: z.string(),
  at: z.string(),
  tenantId: z.string(),
  finding: findingSchema,
  /** What this console had accepted; null where it had nothing yet. */
  witnessed: headSchema.nullable(),
  /** What the server showed instead. */
  offered: z.json(),
  /** Keys as they were known then. */
  keys: z.array(z.json()),
  /** ISO 8601: a person looked into it and trusts the server again; '' = it stands. */
  settledAt: z.string().default(''),
});
export type WitnessRefusal = z.infer<typeof refusalSchema>;

const proofSchema = z.object({
  tenantId: z.string(),
  at: z.string(),
  entries: z.int(),
  removed: z.int(),
  withheld: z.int(),
  beginsAt: z.int(),
  endsAt: z.int(),
  signedUpTo: z.int(),
  findings: z.array(findingSchema),
});
/** What the last verification of a chain on this computer found. */
export type ChainProof = z.infer<typeof proofSchema>;

export const witnessFactSchema = z.object({
  serverId: z.string(),
  /** The first key that was seen: whoever brings another one is not this server. */
  firstKey: z.string(),
  /** Newest accepted last. */
  heads: z.record(z.string(), z.array(headSchema)),
  refusals: z.array(refusalSchema),
  proofs: z.record(z.string(), proofSchema),
});
export type WitnessFact = z.infer<typeof witnessFactSchema>;

/** What this console remembers of the log, and what it refused. */
export interface WitnessState extends WitnessFact {
  /** The server's own id, '' before the first contact. */
  server: string;
  /** Why what the server shows could not be looked at; '' = it was. */
  problem: string;
}

export const noWitness: WitnessState = {
  server: '',
  problem: '',
  serverId: '',
  firstKey: '',
  heads: {},
  refusals: [],
  proofs: {},
};

/** Heads kept of one chain. */
const mostHeads = 8;
const mostRefusals = 100;

/** With one more accepted head; the same head again changes nothing. */
export function withHead(fact: WitnessFact, head: SeenHead): WitnessFact {
  const before = fact.heads[head.tenantId] ?? [];
  const last = before.at(-1);
  if (last && last.number === head.number && last.hash === head.hash) return fact;
  return {
    ...fact,
    heads: {
      ...fact.heads,
      [head.tenantId]: [...before.map((one) => ({ ...one, signed: null })), head].slice(-mostHeads),
    },
  };
}

/** With one more refusal; while one stands, the same again from the same witnessed head is not told twice. */
export function withRefusal(fact: WitnessFact, refusal: WitnessRefusal): WitnessFact {
  const isKnown = fact.refusals.some(
    (one) =>
      one.settledAt === '' &&
      one.tenantId === refusal.tenantId &&
      one.finding.kind === refusal.finding.kind &&
      one.finding.id === refusal.finding.id &&
      one.witnessed?.hash === refusal.witnessed?.hash,
  );
  return isKnown ? fact : { ...fact, refusals: [...fact.refusals, refusal].slice(-mostRefusals) };
}

/** A person trusts the server again: what was witnessed of the chain goes, what was refused stays as history. */
export function settled(fact: WitnessFact, tenantId: string, at: string): WitnessFact {
  const { [tenantId]: _forgotten, ...heads } = fact.heads;
  return {
    ...fact,
    heads,
    refusals: fact.refusals.map((one) =>
      one.tenantId === tenantId && one.settledAt === '' ? { ...one, settledAt: at } : one,
    ),
  };
}

export const asFact = ({ server: _server, problem: _problem, ...fact }: WitnessState): Json => fact;
