import {
  IconActivity,
  IconBell,
  IconBolt,
  IconBuilding,
  IconChecklist,
  IconClick,
  IconCoins,
  IconFlag,
  IconGauge,
  IconGavel,
  IconHistory,
  IconInbox,
  IconListDetails,
  IconPlayerPlay,
  IconReceipt,
  IconSend,
  IconSettings,
  IconShieldLock,
  IconTag,
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
      list('rule', IconBolt, undefined, 'KeyR'),
      list('ruleRevision', IconHistory),
      list('eventType', IconTag),
      list('event', IconActivity, undefined, 'KeyE'),
      list('run', IconPlayerPlay),
      list('task', IconChecklist, undefined, 'KeyK'),
      list('approval', IconGavel),
      list('command', IconTerminal2),
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
      list('auditEntry', IconListDetails, undefined, 'KeyD'),
      list('staff', IconUser),
      list('role', IconShieldLock),
      list('notification', IconBell, undefined, 'KeyN'),
    ],
  },
  { name: 'steward', places: [{ path: '/settings', name: 'settings', icon: IconSettings, key: 'Comma' }] },
];

/** Areas with the places this person may open; empty areas left out. */
export function areasFor(principal: Principal): Area[] {
  return areas
    .map((area) => ({ ...area, places: area.places.filter((place) => mayOpen(principal, place)) }))
    .filter((area) => area.places.length > 0);
}

function mayOpen(principal: Principal, { kind }: Place): boolean {
  const resource = kind === undefined ? undefined : resourceByKind(kind);
  return resource === undefined || holdsAnywhere(principal, `${resource.permission}.view`);
}
