import { verbs } from '#shared/domain/access/accessTypes.ts';
import type { Verb } from '#shared/domain/access/accessTypes.ts';
import { permissionMatches } from '#shared/domain/access/decideAccess.ts';
import { permissionCatalogue } from '#shared/domain/access/permissionCatalogue.ts';
import type { CatalogueEntry } from '#shared/domain/access/permissionCatalogue.ts';

/** How a role comes to hold a single permission. */
export type CellState = 'granted' | 'row' | 'everything' | 'none';
/** What a role holds of a resource: everything, also what later versions add; some of it; nothing. */
export type RowState = 'everything' | 'all' | 'some' | 'none';

/** Resources by the part of the console they belong to; what is in none of them is shown with the last. */
const matrixAreas: readonly { name: string; resources: readonly string[] }[] = [
  { name: 'tenants', resources: ['tenants', 'members'] },
  { name: 'automation', resources: ['automation', 'events', 'runs', 'tasks', 'approvals', 'commands'] },
  { name: 'referrals', resources: ['programmes', 'referrals', 'payouts'] },
  { name: 'health', resources: ['anomalies', 'flags', 'slos'] },
  { name: 'access', resources: ['staff', 'roles', 'sessions', 'apiKeys', 'audit', 'gdpr', 'compliance'] },
  { name: 'console', resources: ['dashboard', 'reports', 'notifications', 'settings', 'modules', 'plugins'] },
];

export interface MatrixArea {
  name: string;
  rows: CatalogueEntry[];
}

export interface MatrixView {
  areas: MatrixArea[];
  /** Columns of which at least one shown row has a cell. */
  verbs: Verb[];
}

export interface MatrixFilter {
  search: string;
  onlyGranted: boolean;
  /** Rows in which these patterns differ from the role's are shown too, and with `onlyChanged` no others. */
  changed?: ReadonlySet<string>;
  onlyChanged?: boolean;
}

interface MatrixWords {
  resource: (resource: string) => string;
  verb: (verb: Verb) => string;
}

const permissionOf = (entry: Pick<CatalogueEntry, 'resource'>, verb: Verb) => `${entry.resource}.${verb}`;

export function cellState(permissions: readonly string[], resource: string, verb: Verb): CellState {
  if (permissions.includes('*')) return 'everything';
  if (permissions.includes(`${resource}.*`)) return 'row';
  return permissions.includes(`${resource}.${verb}`) ? 'granted' : 'none';
}

export function rowState(permissions: readonly string[], entry: Pick<CatalogueEntry, 'resource' | 'verbs'>): RowState {
  if (permissions.includes('*')) return 'everything';
  if (permissions.includes(`${entry.resource}.*`)) return 'all';
  return entry.verbs.some((verb) => permissions.includes(permissionOf(entry, verb))) ? 'some' : 'none';
}

/** Gives or takes one permission. Taking it from under a wildcard leaves the others that the wildcard stood for. */
export function toggleCell(permissions: readonly string[], resource: string, verb: Verb): string[] {
  const permission = `${resource}.${verb}`;
  switch (cellState(permissions, resource, verb)) {
    case 'none':
      return sorted([...permissions, permission]);
    case 'granted':
      return sorted(permissions.filter((one) => one !== permission));
    case 'row':
      return sorted(without([...permissions, ...singlesOf(resource)], [`${resource}.*`, permission]));
    case 'everything':
      return sorted(
        without([...permissions, ...wholeRows(resource), ...singlesOf(resource)], ['*', `${resource}.*`, permission]),
      );
  }
}

/** Nothing and some become everything of the resource; everything becomes nothing. */
export function toggleRow(permissions: readonly string[], resource: string): string[] {
  const others = permissions.filter((one) => !one.startsWith(`${resource}.`));
  if (permissions.includes('*')) return sorted([...without(others, ['*']), ...wholeRows(resource)]);
  return sorted(permissions.includes(`${resource}.*`) ? others : [...others, `${resource}.*`]);
}

/** `*` instead of everything else, and back to nothing. */
export function toggleEverything(permissions: readonly string[]): string[] {
  return permissions.includes('*') ? permissions.filter((one) => one !== '*') : ['*'];
}

/** How many single permissions of the row are held. */
export function heldIn(permissions: readonly string[], entry: CatalogueEntry): number {
  return entry.verbs.filter((verb) => cellState(permissions, entry.resource, verb) !== 'none').length;
}

/** Rows and columns that a search and the filters leave. A word finds resources by name or key, and verbs. */
export function matrixView(permissions: readonly string[], filter: MatrixFilter, words: MatrixWords): MatrixView {
  const wanted = fold(filter.search).split(/\s+/).filter(Boolean);
  const resourceText = (entry: CatalogueEntry) => fold(`${entry.resource} ${words.resource(entry.resource)}`);
  const verbText = (verb: Verb) => fold(`${verb} ${words.verb(verb)}`);
  const verbWords = wanted.filter((word) => verbs.some((verb) => verbText(verb).includes(word)));
  const rowFits = (entry: CatalogueEntry) =>
    wanted.every(
      (word) =>
        resourceText(entry).includes(word) ||
        entry.verbs.some((verb) => verbText(verb).includes(word) || permissionOf(entry, verb).includes(word)),
    );
  const isChanged = (entry: CatalogueEntry) =>
    entry.verbs.some((verb) => filter.changed?.has(permissionOf(entry, verb)) ?? false);
  const rowShown = (entry: CatalogueEntry) =>
    rowFits(entry) &&
    (!filter.onlyGranted || rowState(permissions, entry) !== 'none' || isChanged(entry)) &&
    (!filter.onlyChanged || isChanged(entry));
  const areas = catalogueAreas()
    .map(({ name, rows }) => ({ name, rows: rows.filter(rowShown) }))
    .filter(({ rows }) => rows.length > 0);
  const shown = areas.flatMap(({ rows }) => rows);
  // A word that names a row is about the row, also where a verb has it too.
  const aboutVerbs = verbWords.filter(
    (word) => !permissionCatalogue.some((entry) => resourceText(entry).includes(word)),
  );
  return {
    areas,
    verbs: verbs.filter(
      (verb) =>
        shown.some((entry) => entry.verbs.includes(verb)) &&
        (aboutVerbs.length === 0 || aboutVerbs.some((word) => verbText(verb).includes(word))),
    ),
  };
}

/** Every resource of the catalogue, once, in the area it belongs to. */
export function catalogueAreas(): MatrixArea[] {
  const placed = new Set(matrixAreas.flatMap(({ resources }) => resources));
  const last = matrixAreas.at(-1)?.name;
  return matrixAreas.map(({ name, resources }) => ({
    name,
    rows: [
      ...resources.flatMap((resource) => permissionCatalogue.find((entry) => entry.resource === resource) ?? []),
      ...(name === last ? permissionCatalogue.filter((entry) => !placed.has(entry.resource)) : []),
    ],
  }));
}

function singlesOf(resource: string): string[] {
  const entry = permissionCatalogue.find((one) => one.resource === resource);
  return entry ? entry.verbs.map((verb) => permissionOf(entry, verb)) : [];
}

function wholeRows(except: string): string[] {
  return permissionCatalogue.filter((entry) => entry.resource !== except).map((entry) => `${entry.resource}.*`);
}

function without(permissions: readonly string[], taken: readonly string[]): string[] {
  return permissions.filter((one) => !taken.includes(one));
}

/** Each once, sorted, and none that a wildcard among them covers already. */
function sorted(permissions: readonly string[]): string[] {
  const all = [...new Set(permissions)];
  return all.filter((one) => !all.some((other) => other !== one && permissionMatches(other, one))).sort();
}

function fold(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
