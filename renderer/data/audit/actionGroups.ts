import type { auditActions } from '#shared/resources/audit/auditEntry.ts';

export type AuditAction = (typeof auditActions)[number];

/** Actions as a person looks for them. */
export const actionGroups = {
  changes: ['create', 'update', 'delete', 'transition', 'approve', 'reject', 'assign', 'flag_change', 'import'],
  access: ['login', 'logout', 'failed_login', 'locked_out', 'denied', 'reauthenticate', 'view'],
  security: [
    'permission_change',
    'password_change',
    'second_factor_change',
    'session_revoke',
    'invite',
    'key_rotation',
  ],
  data_out: ['export', 'erase', 'anonymise'],
  automation: ['run', 'replay'],
  log: ['hold', 'retention'],
} as const satisfies Record<string, readonly AuditAction[]>;
export type ActionGroup = keyof typeof actionGroups;

/** What somebody who guards the platform reads first. */
export const securityActions: readonly AuditAction[] = [
  'failed_login',
  'locked_out',
  'denied',
  'permission_change',
  'session_revoke',
  'second_factor_change',
  'password_change',
  'reauthenticate',
  'invite',
  'export',
  'key_rotation',
  'hold',
  'retention',
];

export const dataOutActions: readonly AuditAction[] = actionGroups.data_out;

const tones: Partial<Record<AuditAction, 'danger' | 'warning' | 'info' | 'success'>> = {
  delete: 'danger',
  denied: 'danger',
  failed_login: 'danger',
  locked_out: 'danger',
  reject: 'danger',
  erase: 'danger',
  permission_change: 'warning',
  password_change: 'warning',
  second_factor_change: 'warning',
  session_revoke: 'warning',
  key_rotation: 'warning',
  export: 'warning',
  retention: 'warning',
  anonymise: 'warning',
  create: 'success',
  approve: 'success',
  update: 'info',
  transition: 'info',
};

/** How much an action stands out. */
export function toneOfAction(action: string): 'neutral' | 'danger' | 'warning' | 'info' | 'success' {
  return tones[action as AuditAction] ?? 'neutral';
}

export function groupOfAction(action: string): ActionGroup {
  const groups = Object.entries(actionGroups) as [ActionGroup, readonly string[]][];
  return groups.find(([, actions]) => actions.includes(action))?.[0] ?? 'changes';
}
