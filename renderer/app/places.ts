import {
  IconActivity,
  IconBell,
  IconBolt,
  IconBuilding,
  IconChecklist,
  IconClick,
  IconCoins,
  IconEngine,
  IconEyeOff,
  IconFlask,
  IconFlag,
  IconGauge,
  IconGavel,
  IconInbox,
  IconListDetails,
  IconPlayerPlay,
  IconPlugConnected,
  IconReceipt,
  IconSend,
  IconSettings,
  IconShieldLock,
  IconTag,
  IconTemplate,
  IconTerminal2,
  IconTicket,
  IconTimeline,
  IconUser,
  IconUsers,
  IconUserShare,
} from '@tabler/icons-react';
import { holdsAnywhere } from '#shared/domain/access/decideAccess.ts';
import type { Principal } from '#shared/domain/access/principal.ts';
import { resourceByKind } from '#shared/resources/registry.ts';

type Icon = typeof IconBell;

/** A place of the console; `kind` gives its name and permission where it is a list of records. */
export interface Place {
  /** Path inside the console. */
  path: string;
  /** Key `place.<name>`, or the kind whose plural is the name. */
  name: string;
  kind?: string;
  /** Where it is no list of records: one of these permissions is needed. */
  permissions?: readonly string[];
  icon: Icon;
  /** Physical key after G. */
  key?: string;
}

export interface Area {
  /** Key `area.<name>`; '' = without a heading. */
  name: string;
  places: readonly Place[];
}

const list = (kind: string, icon: Icon, path = `/records/${kind}`, key?: string): Place => ({
  path,
  name: kind,
  kind,
  icon,
  ...(key ? { key } : {}),
});

/** The sidebar, in order. */
export const areas: readonly Area[] = [
  {
    name: '',
    places: [
      { path: '/', name: 'overview', icon: IconGauge, key: 'KeyO' },
      { path: '/inbox', name: 'inbox', icon: IconInbox, key: 'KeyI' },
      { path: '/outbox', name: 'outbox', icon: IconSend, key: 'KeyU' },
    ],
  },
  {
    name: 'tenants',
    places: [
      list('tenant', IconBuilding, '/tenants', 'KeyT'),
      list('member', IconUsers),
      list('lifecycleEntry', IconTimeline),
    ],
  },
  {
    name: 'automation',
    places: [
      list('rule', IconBolt, '/rules', 'KeyR'),
      list('run', IconPlayerPlay, '/runs', 'KeyX'),
      list('event', IconActivity, '/events', 'KeyE'),
      list('eventType', IconTag, '/event-types', 'KeyY'),
      { path: '/simulator', name: 'simulator', icon: IconFlask, key: 'KeyS', permissions: ['automation.view'] },
      { path: '/engine', name: 'engine', icon: IconEngine, key: 'KeyH', permissions: ['runs.view_all'] },
      list('task', IconChecklist, undefined, 'KeyK'),
      list('approval', IconGavel),
      list('command', IconTerminal2),
      {
        path: '/integrations',
        name: 'integrations',
        icon: IconPlugConnected,
        permissions: ['apiKeys.view', 'settings.manage'],
      },
    ],
  },
  {
    name: 'referrals',
    places: [
      list('programme', IconTicket),
      list('referralCode', IconTag),
      list('referral', IconUserShare, undefined, 'KeyF'),
      list('payout', IconCoins, undefined, 'KeyP'),
      list('click', IconClick),
    ],
  },
  {
    name: 'health',
    places: [list('anomaly', IconReceipt, '/anomalies', 'KeyA'), list('flag', IconFlag, undefined, 'KeyL')],
  },
  {
    name: 'access',
    places: [
      { path: '/audit', name: 'audit', icon: IconListDetails, key: 'KeyD', permissions: ['audit.view'] },
      list('staff', IconUser, '/staff', 'KeyM'),
      list('role', IconShieldLock, '/roles'),
      { path: '/privacy', name: 'privacy', icon: IconEyeOff, permissions: ['gdpr.view'] },
      list('notification', IconBell, undefined, 'KeyN'),
    ],
  },
  { name: 'steward', places: [{ path: '/settings', name: 'settings', icon: IconSettings, key: 'Comma' }] },
];

/** Places inside others, reached by name. */
const innerPlaces: readonly Place[] = [
  { path: '/events/failed', name: 'failedEvents', icon: IconActivity, permissions: ['events.view'] },
  { path: '/audit/proof', name: 'auditProof', icon: IconListDetails, permissions: ['audit.view'] },
  { path: '/roles/simulator', name: 'roleSimulator', icon: IconShieldLock, permissions: ['roles.view'] },
  { path: '/account', name: 'account', icon: IconUser },
  { path: '/rules/templates', name: 'ruleTemplates', icon: IconTemplate, permissions: ['automation.create'] },
];

/** Every place this person may open, those inside others last. */
export function placesFor(principal: Principal): Place[] {
  return [
    ...areasFor(principal).flatMap((area) => area.places),
    ...innerPlaces.filter((place) => mayOpen(principal, place)),
  ];
}

/** Areas with the places this person may open; empty areas left out. */
export function areasFor(principal: Principal): Area[] {
  return areas
    .map((area) => ({ ...area, places: area.places.filter((place) => mayOpen(principal, place)) }))
    .filter((area) => area.places.length > 0);
}

function mayOpen(principal: Principal, { kind, permissions }: Place): boolean {
  if (permissions) return permissions.some((permission) => holdsAnywhere(principal, permission));
  const resource = kind === undefined ? undefined : resourceByKind(kind);
  return resource === undefined || holdsAnywhere(principal, `${resource.permission}.view`);
}

/** Kinds whose new records begin on a page of their own. */
const ownBeginnings: Readonly<Record<string, string>> = { rule: '/rules/new', eventType: '/event-types/new' };

/** Where a new record of a kind begins. */
export function newRecordPath(kind: string): string {
  return ownBeginnings[kind] ?? `/records/${kind}/new`;
}

/** Paths within which moving keeps the page: another tab of it, or another record beside its list. */
const samePages = [
  /^\/anomalies/,
  /^\/event-types/,
  /^\/events(?=\/failed$|$)/,
  /^\/rules\/[^/]+(?=\/|$)/,
  /^\/staff\/[^/]+(?=\/|$)/,
];

/** What stays the same while a page stays the same. */
export function pageOf(location: string): string {
  for (const pattern of samePages) {
    const found = pattern.exec(location)?.[0];
    if (found !== undefined) return found;
  }
  return location;
}
