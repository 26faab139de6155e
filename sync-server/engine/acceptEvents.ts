import type { Problem } from '#shared/kernel/errors.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import type { Cause } from '#shared/resources/events/cause.ts';

/** An event at the door, before it has an id. */
export interface NewEvent {
  module: string;
  code: string;
  /** '' = the platform's. */
  tenantId: string;
  entityType: string;
  entityId: string;
  data: JsonObject;
  triggeredBy: string;
  source: string;
  /** ISO 8601. */
  occurredAt: string;
  /** The same key of the same tenant within seven days is the same event. */
  idempotencyKey?: string;
  /** Of an event that a rule makes. */
  depth?: number;
  chain?: readonly Cause[];
}

export type AcceptOutcome = { status: 'stored' | 'duplicate'; id: string } | { status: 'refused'; problem: Problem };

/** Outcomes in the order of the events. Resolves once what is 'stored' is durable; rejects when the store fails. */
export type AcceptEvents = (events: readonly NewEvent[]) => Promise<AcceptOutcome[]>;
