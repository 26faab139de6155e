import type { FieldRule } from './principal.ts';

export interface SystemRole {
  key: string;
  name: string;
  permissions: readonly string[];
  fieldRules: readonly FieldRule[];
}

/** What everybody has: their own notifications and tasks, and commands they gave. */
const everybody = [
  'notifications.view',
  'notifications.edit',
  'tasks.view',
  'tasks.edit',
  'commands.view',
  'sessions.view',
];
const see = (...resources: string[]) => resources.flatMap((resource) => [`${resource}.view`, `${resource}.view_all`]);

const hidden = (resource: string, ...fields: string[]): FieldRule[] =>
  fields.map((field) => ({ resource, field, access: 'hidden' }));

const business = [
  'tenants',
  'members',
  'automation',
  'events',
  'runs',
  'tasks',
  'approvals',
  'referrals',
  'payouts',
  'programmes',
  'anomalies',
  'flags',
];

/** The roles every installation has; they cannot be deleted. */
export const systemRoles: readonly SystemRole[] = [
  { key: 'super_admin', name: 'Super administrator', permissions: ['*'], fieldRules: [] },
  {
    key: 'admin',
    name: 'Administrator',
    permissions: [
      ...business.map((resource) => `${resource}.*`),
      'staff.*',
      'apiKeys.*',
      'sessions.*',
      ...see('roles', 'audit', 'gdpr'),
      'gdpr.create',
      'gdpr.edit',
      'audit.export',
      'commands.*',
      'settings.*',
      'notifications.view',
      'notifications.edit',
    ],
    fieldRules: [],
  },
  {
    key: 'operations',
    name: 'Operations',
    permissions: [
      ...everybody,
      ...['tenants', 'members', 'automation', 'events', 'runs', 'tasks', 'approvals', 'commands', 'apiKeys'].map(
        (resource) => `${resource}.*`,
      ),
      ...see('audit', 'anomalies', 'flags', 'staff', 'programmes', 'referrals'),
    ],
    fieldRules: [],
  },
  {
    key: 'growth_manager',
    name: 'Growth manager',
    permissions: [
      ...everybody,
      'referrals.*',
      'payouts.*',
      'programmes.*',
      ...see('tenants', 'members', 'anomalies', 'staff', 'events'),
      'commands.create',
    ],
    fieldRules: [],
  },
  {
    key: 'reliability',
    name: 'Reliability engineer',
    permissions: [
      ...everybody,
      'anomalies.*',
      'flags.*',
      'slos.*',
      ...see('events', 'runs', 'automation', 'tenants', 'staff', 'audit'),
      'commands.create',
    ],
    fieldRules: hidden('tenants', 'notes'),
  },
  {
    key: 'compliance',
    name: 'Compliance officer',
    permissions: [
      ...everybody,
      ...see(...business, 'audit', 'staff', 'roles', 'apiKeys', 'sessions'),
      'audit.create',
      'audit.edit',
      'audit.export',
      'audit.manage',
      'gdpr.*',
    ],
    fieldRules: [],
  },
  {
    key: 'support',
    name: 'Support agent',
    permissions: [
      ...everybody,
      'tenants.view',
      'members.view',
      'events.view',
      'runs.view',
      'automation.view',
      'anomalies.view',
      'approvals.view',
      'tasks.create',
    ],
    fieldRules: hidden('tenants', 'notes', 'settings'),
  },
  {
    key: 'viewer',
    name: 'Viewer',
    permissions: [
      ...everybody,
      ...see('tenants', 'members', 'automation', 'events', 'runs', 'programmes', 'referrals', 'anomalies', 'flags'),
    ],
    fieldRules: [
      ...hidden('tenants', 'ownerEmail', 'notes', 'settings'),
      ...hidden('members', 'email'),
      ...hidden('referrals', 'orderAmount', 'commission', 'referredEmail', 'ownerEmail', 'visitor', 'network'),
    ],
  },
];

/**
 * The key of a role that every installation has and that still bears the name it came with: consoles show such a role in
 * their own language. Undefined for roles of people's own, and for a system role that was given another name.
 */
export function shippedRoleKey(role: { isSystem?: unknown; key?: unknown; name?: unknown }): string | undefined {
  if (role.isSystem !== true) return undefined;
  return systemRoles.find(({ key, name }) => key === role.key && name === role.name)?.key;
}
