import type { JsonObject } from '../../kernel/json.ts';
import type { dataClasses } from '../../resources/audit/retentionRule.ts';
import { financialKinds } from '../privacy/peopleInKinds.ts';

export type DataClass = (typeof dataClasses)[number];
/** `evidence` says what became of the log and of people's data: its content stays as long as the entry does. */
export type EntryClass = DataClass | 'evidence';

/**
 * Raised whenever an entry falls into another class than before: retention then looks at every chain from its beginning again. What an
 * earlier version thinned stays covered only if `classOfEntry` still gives its class.
 */
export const classesVersion = 2;

/** Days that entries about security are kept whatever a rule says. */
export const securityFloor = 365;

const actionsOf: Readonly<Record<'evidence' | 'security' | 'views' | 'exports' | 'runs', readonly string[]>> = {
  evidence: ['erase', 'anonymise', 'hold', 'retention', 'key_rotation'],
  security: [
    'login',
    'logout',
    'failed_login',
    'password_change',
    'permission_change',
    'denied',
    'session_revoke',
    'second_factor_change',
    'reauthenticate',
    'locked_out',
    'invite',
  ],
  views: ['view'],
  exports: ['export', 'import'],
  runs: ['run', 'replay'],
};
const securityKinds: readonly string[] = ['staff', 'role', 'session', 'secret', 'apiKey', 'retentionRule', 'legalHold'];
/** Whoever takes these out has the log: that they did stays. */
const logKinds: readonly string[] = ['auditEntry', 'auditKey', 'auditHead', 'auditGap'];
const byAction = new Map(
  Object.entries(actionsOf).flatMap(([name, actions]) => actions.map((action) => [action, name as EntryClass])),
);

/** What kind of data an entry is: by its action, of views and exports also by what they are about, else by that alone; G3. */
export function classOfEntry(body: JsonObject): EntryClass {
  const known = byAction.get(String(body['action']));
  const resource = String(body['resource']);
  if (known === 'exports' && logKinds.includes(resource)) return 'evidence';
  if (known === 'views' && securityKinds.includes(resource)) return 'security';
  if (known) return known;
  if (securityKinds.includes(resource)) return 'security';
  return financialKinds.includes(resource) ? 'financial' : 'changes';
}

/** Whether an entry may lose its content, or go, only once the floor is past. */
export function isUnderFloor(body: JsonObject, now: number): boolean {
  const name = classOfEntry(body);
  if (name !== 'security' && name !== 'evidence') return false;
  return !(Date.parse(String(body['at'])) < now - securityFloor * 24 * 3600 * 1000);
}
