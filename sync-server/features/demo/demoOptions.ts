/** How much demo data to make; every number is a count of records, more or less of everything else follows from them. */
export interface DemoSizes {
  tenants: number;
  rules: number;
  events: number;
  auditEntries: number;
  referrals: number;
  clicks: number;
  anomalies: number;
}

export interface DemoOptions extends DemoSizes {
  /** The same seed and moment give the same records, byte for byte. */
  seed: number;
  /** Milliseconds since the epoch; everything happened before it. */
  now: number;
}

export const defaultDemoSizes: DemoSizes = {
  tenants: 300,
  rules: 120,
  events: 20_000,
  auditEntries: 50_000,
  referrals: 10_000,
  clicks: 30_000,
  anomalies: 500,
};

/** The password of every demo account; the server stores it only when it was started with demo data. */
export const demoPassword = 'steward-demo';

export interface DemoAccount {
  email: string;
  displayName: string;
  roleKey: string;
  locale: 'en' | 'ar' | 'fr';
}

/** The people one can sign in as. admin@ is the super administrator, the others have one narrower role each. */
export const demoAccounts: readonly DemoAccount[] = [
  { email: 'admin@steward.example', displayName: 'Noor Haddad', roleKey: 'super_admin', locale: 'en' },
  { email: 'ops@steward.example', displayName: 'Camille Lefèvre', roleKey: 'operations', locale: 'en' },
  { email: 'growth@steward.example', displayName: 'Tomás Herrera', roleKey: 'growth_manager', locale: 'en' },
  { email: 'reliability@steward.example', displayName: '高橋 美咲', roleKey: 'reliability', locale: 'en' },
  { email: 'compliance@steward.example', displayName: 'سلمى المنصوري', roleKey: 'compliance', locale: 'en' },
  { email: 'support@steward.example', displayName: 'Olivia Bennett', roleKey: 'support', locale: 'en' },
  { email: 'viewer@steward.example', displayName: 'Jonas Weber', roleKey: 'viewer', locale: 'en' },
];
