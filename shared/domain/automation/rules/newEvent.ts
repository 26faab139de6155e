import type { JsonObject } from '../../../kernel/json.ts';

/** An event that is to be stored; the server adds id, time, depth and chain. */
export interface NewEvent {
  module: string;
  code: string;
  tenantId: string;
  entityType: string;
  entityId: string;
  data: JsonObject;
  source: string;
}
