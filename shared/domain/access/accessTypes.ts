import type { FieldRule } from './principal.ts';

/** One of the acts a resource knows. */
export const verbs = [
  'view',
  'view_all',
  'create',
  'edit',
  'delete',
  'export',
  'import',
  'approve',
  'assign',
  'manage',
  'erase',
] as const;
export type Verb = (typeof verbs)[number];

/** What a role is, as the editor and the simulator see it. */
export interface RoleRights {
  permissions: readonly string[];
  /** Tenant ids; empty = all. */
  tenants: readonly string[];
  fieldRules: readonly FieldRule[];
}

/** One step of a decision, in the order in which it was taken; the last one decided. */
export type DecisionStep =
  /** The grant has no pattern for the permission. */
  | { outcome: 'not_held'; role: string }
  /** It has one, for other tenants. */
  | { outcome: 'other_tenant'; role: string; pattern: string; tenants: string[] }
  /** It has one, for what is the person's own. */
  | { outcome: 'not_owner'; role: string; pattern: string }
  /** A role the person had until this moment (ISO 8601). */
  | { outcome: 'expired'; role: string; expiredAt: string }
  | {
      outcome: 'allowed';
      role: string;
      pattern: string;
      /**
       * What made it theirs to use. 'shared' = a catalogue of the platform, shown to those whose roles are limited to tenants;
       * 'unowned' = an act that no ownership limits: creating, or anything about what is no record.
       */
      because: 'view_all' | 'created' | 'assigned' | 'own_tenant' | 'shared' | 'unowned';
    };

export interface AccessExplanation {
  allowed: boolean;
  permission: string;
  steps: DecisionStep[];
}

/**
 * How one person used one permission in one place on one day: what a simulator replays. Counts are of decisions, with what was
 * allowed and what was not.
 */
export interface AccessUse {
  staffId: string;
  permission: string;
  tenantId: string;
  /** The record was the person's own (made, assigned, or of their tenant). */
  own: boolean;
  /** UTC day, `2026-11-21`. */
  day: string;
  allowed: number;
  denied: number;
}
