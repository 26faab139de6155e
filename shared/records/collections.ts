/** How records are grouped for replication; a kind lives in exactly one of them. `inbox` never leaves the console. */
export const replicatedCollections = [
  'tenants',
  'automation',
  'access',
  'notifications',
  'health',
  'runs',
  'referrals',
  'events',
  'modules',
  'clicks',
  'audit',
] as const;

export type ReplicatedCollection = (typeof replicatedCollections)[number];
export type CollectionName = ReplicatedCollection | 'inbox';
