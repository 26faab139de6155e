import { periodStart, periods } from '../list/period.ts';
import type { Period } from '../list/period.ts';
import type { ListFilter } from '../replicaApi.ts';
import { auditActions } from '#shared/resources/audit/auditEntry.ts';
import { dataOutActions, securityActions } from './actionGroups.ts';

/** Ways to look at the log that everybody has. */
export const auditViews = ['all', 'security', 'data_out', 'mine'] as const;
export type AuditView = (typeof auditViews)[number];

/** What the log is narrowed to; '' and [] = not narrowed. */
export interface AuditFilters {
  view: AuditView;
  text: string;
  actorId: string;
  actions: readonly string[];
  resources: readonly string[];
  tenantId: string;
  /** Everything about one record. */
  recordId: string;
  session: string;
  requestId: string;
  /** Part of what became of a network address. */
  address: string;
  /** Number in a chain. */
  number: string;
  period: '' | Period;
  /** ISO 8601, both included. */
  from: string;
  until: string;
}

export const noAuditFilters: AuditFilters = {
  view: 'all',
  text: '',
  actorId: '',
  actions: [],
  resources: [],
  tenantId: '',
  recordId: '',
  session: '',
  requestId: '',
  address: '',
  number: '',
  period: '',
  from: '',
  until: '',
};

/** Names in the address; other pages link with them. */
const names = {
  view: 'view',
  text: 'q',
  actorId: 'actor',
  actions: 'action',
  resources: 'resource',
  tenantId: 'tenant',
  recordId: 'record',
  session: 'session',
  requestId: 'request',
  address: 'address',
  number: 'number',
  period: 'period',
  from: 'from',
  until: 'until',
} as const satisfies Record<keyof AuditFilters, string>;
const longest = 400;

/** The part of an address behind `?`; '' when nothing is narrowed. */
export function queryOfFilters(filters: AuditFilters): string {
  const query = new URLSearchParams();
  for (const [field, name] of Object.entries(names) as [keyof AuditFilters, string][]) {
    const value = filters[field];
    const text = Array.isArray(value) ? value.join(',') : String(value);
    if (text !== '' && !(field === 'view' && text === 'all')) query.set(name, text);
  }
  return query.toString();
}

/** Filters of an address. What nobody could have chosen is left out: an address may come from anywhere. */
export function filtersOfQuery(query: string): AuditFilters {
  const given = new URLSearchParams(query);
  const text = (name: string) => (given.get(name) ?? '').slice(0, longest);
  const list = (name: string) =>
    text(name)
      .split(',')
      .filter((one) => /^[A-Za-z][\w-]*$/.test(one));
  const instant = (name: string) => (Number.isNaN(Date.parse(text(name))) ? '' : new Date(text(name)).toISOString());
  const known: ReadonlySet<string> = new Set(auditActions);
  return {
    view: auditViews.find((one) => one === text(names.view)) ?? 'all',
    text: text(names.text),
    actorId: text(names.actorId),
    actions: list(names.actions).filter((one) => known.has(one)),
    resources: list(names.resources),
    tenantId: text(names.tenantId),
    recordId: text(names.recordId),
    session: text(names.session),
    requestId: text(names.requestId),
    address: text(names.address),
    number: /^[1-9]\d{0,14}$/.test(text(names.number)) ? text(names.number) : '',
    period: periods.find((one) => one === text(names.period)) ?? '',
    from: instant(names.from),
    until: instant(names.until),
  };
}

/** The same as conditions of the replica; tenant and text are its own. `now` in milliseconds since the epoch, `me` = id of the person. */
export function conditionsOf(filters: AuditFilters, me: string, now: number): ListFilter[] {
  const found: ListFilter[] = [];
  const is = (path: string, value: string | number) => found.push({ path, operator: 'is', value });
  if (filters.recordId !== '') is('body.resourceId', filters.recordId);
  if (filters.actorId !== '') is('body.actorId', filters.actorId);
  if (filters.view === 'mine') is('body.actorId', me);
  if (filters.number !== '') is('body.number', Number(filters.number));
  if (filters.view === 'security') found.push({ path: 'body.action', operator: 'in', value: [...securityActions] });
  if (filters.view === 'data_out') found.push({ path: 'body.action', operator: 'in', value: [...dataOutActions] });
  if (filters.actions.length > 0) found.push({ path: 'body.action', operator: 'in', value: [...filters.actions] });
  if (filters.resources.length > 0)
    found.push({ path: 'body.resource', operator: 'in', value: [...filters.resources] });
  if (filters.session !== '') is('body.session', filters.session);
  if (filters.requestId !== '') is('body.requestId', filters.requestId);
  if (filters.address !== '') found.push({ path: 'body.address', operator: 'contains', value: filters.address });
  const first = filters.period === '' ? filters.from : periodStart(filters.period, now);
  if (first !== '' && filters.until !== '')
    found.push({ path: 'body.at', operator: 'between', value: [first, filters.until] });
  else if (first !== '') found.push({ path: 'body.at', operator: 'greater', value: justBefore(first) });
  else if (filters.until !== '') found.push({ path: 'body.at', operator: 'less', value: justAfter(filters.until) });
  return found;
}

export const justAfter = (instant: string): string => new Date(Date.parse(instant) + 1).toISOString();
export const justBefore = (instant: string): string => new Date(Date.parse(instant) - 1).toISOString();

/** Minutes on either side of an entry that count as "around it". */
const around = 5;

/** Everything that happened around a moment (ISO 8601), in every chain. */
export function aroundMoment(at: string): AuditFilters {
  const shifted = (minutes: number) => new Date(Date.parse(at) + minutes * 60_000).toISOString();
  return { ...noAuditFilters, from: shifted(-around), until: shifted(around) };
}

/** Fields that narrow, the view apart: each is a chip above the list. */
export function narrowedFields(filters: AuditFilters): (keyof AuditFilters)[] {
  return (Object.keys(names) as (keyof AuditFilters)[]).filter(
    (field) => field !== 'view' && filters[field].length > 0 && !(field === 'period' && filters.period === ''),
  );
}
