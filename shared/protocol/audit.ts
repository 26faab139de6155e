import * as z from 'zod';
import { auditFilter } from '../domain/audit/auditFilter.ts';
import { retentionRule } from '../resources/audit/retentionRule.ts';

export const auditExportSchema = z.strictObject({
  format: z.enum(['csv', 'json', 'bundle']),
  filter: auditFilter.default({}),
});
export type AuditExportRequest = z.infer<typeof auditExportSchema>;

export const retentionRunSchema = z
  .strictObject({
    /** Counts what would go, and removes nothing. */
    dryRun: z.boolean().default(true),
    /** Counts for this rule alone, whether it is stored or not. */
    rule: z
      .strictObject({
        /** '' = every chain that no rule of its own covers. */
        tenantId: z.string().max(64).default(''),
        covers: retentionRule.body.shape.covers,
        days: retentionRule.body.shape.days,
      })
      .optional(),
  })
  .refine(({ dryRun, rule }) => dryRun || rule === undefined, {
    path: ['rule'],
    message: 'A rule that is only tried removes nothing: leave out dryRun, or save the rule and run without it',
  });

/** What a retention run did, or would do; chains of which nothing goes and nothing is held are left out. */
export interface RetentionRunAnswer {
  dryRun: boolean;
  /** Whole entries, and entries that lose their content. */
  removed: number;
  thinned: number;
  chains: {
    tenantId: string;
    /** '' = the rule that was tried. */
    ruleId: string;
    removed: number;
    thinned: number;
    isHeld: boolean;
    isUnderFloor: boolean;
  }[];
}

export interface RetentionProgressAnswer {
  /** null = nothing runs. */
  running: { chains: number; chainsDone: number; removed: number; thinned: number } | null;
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
