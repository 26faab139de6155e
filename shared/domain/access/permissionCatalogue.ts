import type { Resource } from '../../records/defineResource.ts';
import { resources } from '../../resources/registry.ts';
import { erasableFields } from '../audit/commitments.ts';
import { verbs } from './accessTypes.ts';
import type { Verb } from './accessTypes.ts';
import { permissionMatches } from './decideAccess.ts';

export interface CatalogueField {
  kind: string;
  name: string;
  /** Nobody ever sees it, whatever their roles. */
  secret: boolean;
}

export interface CatalogueEntry {
  resource: string;
  /** In the order of `verbs`. */
  verbs: readonly Verb[];
  dangerous: readonly Verb[];
  /** That a role can hide or lock. */
  fields: readonly CatalogueField[];
  /** Nothing in this version asks for these permissions yet; a role may hold them already. */
  planned: boolean;
}

/** Permissions whose use asks again who one is. */
export const dangerousPermissions: readonly string[] = [
  'referrals.manage',
  'payouts.approve',
  'roles.manage',
  'flags.edit',
  'gdpr.erase',
  'apiKeys.create',
  'settings.manage',
  'staff.manage',
];
const dangerous = new Set(dangerousPermissions);

export function isDangerous(permission: string): boolean {
  return dangerous.has(permission);
}

/** What is asked for beyond what descriptors and their state machines tell. */
const more: Readonly<Record<string, readonly Verb[]>> = {
  audit: ['export', 'manage'],
  approvals: ['approve'],
  apiKeys: ['create', 'edit'],
  events: ['edit'],
  runs: ['edit'],
  sessions: ['manage'],
  referrals: ['approve', 'manage'],
  payouts: ['approve', 'manage'],
  roles: ['manage'],
  staff: ['manage'],
  gdpr: ['export', 'erase'],
  settings: ['view', 'manage'],
};

/** Resources of the product that nothing in this version serves yet, with the acts they will know. */
const planned: Readonly<Record<string, readonly Verb[]>> = {
  dashboard: ['view'],
  reports: ['view', 'export'],
  modules: ['view', 'create', 'edit', 'delete', 'import', 'export'],
  plugins: ['view', 'manage'],
  compliance: ['view', 'export', 'manage'],
  slos: ['view', 'view_all', 'create', 'edit', 'delete'],
};

/** Of evidence only what can be hidden while it still proves something. */
const hideable: Readonly<Record<string, readonly string[]>> = {
  auditEntry: erasableFields,
  auditHead: [],
  auditKey: [],
  auditGap: [],
};

/** Every permission there is, by resource, sorted. */
export const permissionCatalogue: readonly CatalogueEntry[] = makeCatalogue();

const known = new Set(permissionCatalogue.flatMap((entry) => entry.verbs.map((verb) => `${entry.resource}.${verb}`)));

/** Every permission there is, sorted by resource. */
export const allPermissions: readonly string[] = [...known];

/** True for `*`, `resource.*` of a known resource, and every single permission there is. */
export function isKnownPattern(pattern: string): boolean {
  if (pattern === '*' || known.has(pattern)) return true;
  return pattern.endsWith('.*') && permissionCatalogue.some((entry) => `${entry.resource}.*` === pattern);
}

/** The single permissions that patterns stand for. Patterns that stand for none, of a later version, stay as they are. */
export function expandPatterns(patterns: readonly string[]): string[] {
  const covered = allPermissions.filter((permission) => patterns.some((one) => permissionMatches(one, permission)));
  const unknown = patterns.filter((one) => !isKnownPattern(one));
  return [...new Set([...covered, ...unknown])].sort();
}

function makeCatalogue(): CatalogueEntry[] {
  const names = new Set([...resources.map((one) => one.permission), ...Object.keys(more), ...Object.keys(planned)]);
  return [...names].sort().map((resource) => {
    const kinds = resources.filter((one) => one.permission === resource);
    const asked = new Set<Verb>([...kinds.flatMap(verbsOf), ...(more[resource] ?? []), ...(planned[resource] ?? [])]);
    const ordered = verbs.filter((verb) => asked.has(verb));
    return {
      resource,
      verbs: ordered,
      dangerous: ordered.filter((verb) => isDangerous(`${resource}.${verb}`)),
      fields: kinds.flatMap(fieldsOf),
      planned: kinds.length === 0 && !Object.hasOwn(more, resource),
    };
  });
}

function verbsOf({ permission, writer, states }: Resource): Verb[] {
  const own = verbs.filter((verb) => states?.transitions.some((move) => move.permission === `${permission}.${verb}`));
  return ['view', 'view_all', ...(writer === 'console' ? (['create', 'edit', 'delete'] as const) : []), ...own];
}

function fieldsOf({ kind, body, secretFields }: Resource): CatalogueField[] {
  return (hideable[kind] ?? Object.keys(body.shape)).map((name) => ({
    kind,
    name,
    secret: secretFields.includes(name),
  }));
}
