import type { Json, JsonObject } from '../../kernel/json.ts';
import type { RecordEnvelope } from '../../records/envelope.ts';
import type { Cause } from '../../resources/events/cause.ts';

/** An event as rules see it, whatever stored it. */
export interface EventFacts {
  id: string;
  /** `module.code`. */
  name: string;
  module: string;
  code: string;
  tenantId: string;
  entityType: string;
  entityId: string;
  data: JsonObject;
  triggeredBy: string;
  source: string;
  /** ISO 8601. */
  occurredAt: string;
  depth: number;
  chain: readonly Cause[];
}

/**
 * Everything conditions, templates and expressions may look at; plain JSON, so that it crosses to workers and is stored
 * with a run. What is not known is absent, and reads as empty.
 */
export interface Scope {
  event: EventFacts;
  /** The record the event is about, as it is now. */
  record: RecordEnvelope | null;
  /** The record before the change that made the event; null when the event is no change. */
  before: RecordEnvelope | null;
  tenant: RecordEnvelope | null;
  rule: { id: string; name: string; revision: number };
  run: { id: string };
  /** Outputs by step id, `steps.<id>.output`. */
  steps: Readonly<Record<string, { output: Json }>>;
  vars: JsonObject;
  /** Inside a loop, the innermost round. */
  loop?: { item: Json; index: number };
  /** ISO 8601; the only time that rules see. */
  now: string;
}

/**
 * The names under which a scope is read in conditions, templates and expressions. A record's and a tenant's body fields are
 * known directly: `tenant.name` is `tenant.body.name`; `record.body.plan` and `record.plan` are the same.
 */
export type ScopeView = JsonObject;
