import * as z from 'zod';
import { auditFilter } from '../domain/audit/auditFilter.ts';

export const auditExportSchema = z.strictObject({
  format: z.enum(['csv', 'json', 'bundle']),
  filter: auditFilter.default({}),
});
export type AuditExportRequest = z.infer<typeof auditExportSchema>;

export const retentionRunSchema = z.strictObject({
  /** Counts what would go, and removes nothing. */
  dryRun: z.boolean().default(true),
});

/** What a retention run did, or would do; chains of which nothing goes and nothing is held are left out. */
export interface RetentionRunAnswer {
  dryRun: boolean;
  removed: number;
  chains: { tenantId: string; ruleId: string; removed: number; isHeld: boolean }[];
}

export interface RetentionProgressAnswer {
  /** null = nothing runs. */
  running: { chains: number; chainsDone: number; removed: number } | null;
}

/** The newest signed end of a chain; docs/protocol.md. */
export interface AuditHeadAnswer {
  serverId: string;
  tenantId: string;
  number: number;
  hash: string;
  signedAt: string;
  keyId: string;
  signature: string;
}

export interface AuditKeysAnswer {
  serverId: string;
  /** Oldest first. */
  keys: {
    keyId: string;
    publicKey: string;
    madeAt: string;
    retiredAt: string;
    endorsedBy: string;
    endorsement: string;
  }[];
}

export interface KeyRotationAnswer {
  keyId: string;
  replaced: string;
}
