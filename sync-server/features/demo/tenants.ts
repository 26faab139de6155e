import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { lifecycleEntry } from '#shared/resources/tenants/lifecycleEntry.ts';
import { member } from '#shared/resources/tenants/member.ts';
import { tenant } from '#shared/resources/tenants/tenant.ts';
import { day, hour, iso } from './demoWorld.ts';
import type { DemoWorld } from './demoWorld.ts';
import { companyNumbered, somePerson } from './names.ts';
import type { DemoCompany } from './names.ts';
import type { Colleague } from './people.ts';

/** A tenant that is to be made: known before staff are, who are assigned to some of them. */
export interface PlannedTenant {
  id: string;
  company: DemoCompany;
  at: number;
  state: string;
}

const regions = {
  latin: ['eu-west', 'eu-central', 'us-east', 'us-west', 'sa-east'],
  arabic: ['me-south', 'me-central', 'eu-south'],
  japanese: ['ap-northeast', 'ap-southeast'],
} as const;
const timeZones = { latin: 'Europe/Paris', arabic: 'Asia/Riyadh', japanese: 'Asia/Tokyo' } as const;
const colors = ['#0b6e99', '#7048e8', '#c2410c', '#15803d', '#be185d', '#1d4ed8', '#854d0e', '#0f766e'];
const reasons: Record<string, readonly string[]> = {
  SUSPENDED: [
    'Two invoices unpaid for more than 45 days',
    'Payment method refused three times',
    'Requested by the owner during an audit',
    'Suspicious sign-ins from several countries',
  ],
  READ_ONLY: [
    'Contract in renewal; data stays readable',
    'Migration to another region under way',
    'Trial ended without a subscription',
  ],
  DEPROVISIONING: [
    'Contract ended on the agreed date',
    'Owner asked for the account to be closed',
    'Merged into another account of the same group',
  ],
};
/** Ways to each state; an entry is chosen by chance. */
const histories: Record<string, readonly (readonly string[])[]> = {
  CREATED: [['CREATED'], ['CREATED', 'PROVISIONING', 'CREATED']],
  PROVISIONING: [['CREATED', 'PROVISIONING']],
  ACTIVE: [
    ['CREATED', 'PROVISIONING', 'ACTIVE'],
    ['CREATED', 'PROVISIONING', 'ACTIVE'],
    ['CREATED', 'PROVISIONING', 'ACTIVE', 'SUSPENDED', 'ACTIVE'],
    ['CREATED', 'PROVISIONING', 'ACTIVE', 'READ_ONLY', 'ACTIVE'],
  ],
  SUSPENDED: [['CREATED', 'PROVISIONING', 'ACTIVE', 'SUSPENDED']],
  READ_ONLY: [
    ['CREATED', 'PROVISIONING', 'ACTIVE', 'READ_ONLY'],
    ['CREATED', 'PROVISIONING', 'ACTIVE', 'SUSPENDED', 'READ_ONLY'],
  ],
  DEPROVISIONING: [['CREATED', 'PROVISIONING', 'ACTIVE', 'SUSPENDED', 'DEPROVISIONING']],
  ARCHIVED: [['CREATED', 'PROVISIONING', 'ACTIVE', 'READ_ONLY', 'DEPROVISIONING', 'ARCHIVED']],
};

/** Who there will be. The first tenants are active, so that even small demo data has something going on. */
export function planTenants(world: DemoWorld): PlannedTenant[] {
  return Array.from({ length: world.options.tenants }, (_, index) => {
    const state = world.random.weighted({
      ACTIVE: 74,
      SUSPENDED: 7,
      READ_ONLY: 5,
      CREATED: 3,
      PROVISIONING: 4,
      DEPROVISIONING: 3,
      ARCHIVED: 4,
    });
    const young = state === 'CREATED' || state === 'PROVISIONING';
    const at = world.workingMoment(young ? 12 : 640, young ? 1 : 45);
    return { id: world.idAt(at), company: companyNumbered(index), at, state: index < 4 ? 'ACTIVE' : state };
  });
}

/** The tenant, how it got where it is, and its members. */
export function makeTenant(world: DemoWorld, plan: PlannedTenant, operators: readonly Colleague[]): RecordEnvelope[] {
  const { random, options } = world;
  const { company, id, at } = plan;
  const path = random.pick(histories[plan.state] ?? [['CREATED']]);
  const entries: RecordEnvelope[] = [];
  const room = options.now - at - hour;
  let last = at;
  path.forEach((to, index) => {
    const moment =
      index === 0
        ? at
        : index === 1
          ? at + room * 0.01
          : at + room * (0.02 + 0.9 * ((index - 2 + random.fraction() * 0.8) / Math.max(path.length - 2, 1)));
    last = Math.max(last + 60_000, Math.floor(moment));
    const byPerson = index > 2 && random.chance(0.6);
    const who = byPerson ? random.pick(operators).id : 'system';
    entries.push(
      world.record(
        lifecycleEntry,
        { at: last, tenantId: id, by: who },
        {
          from: path[index - 1] ?? '',
          to,
          reason: reasons[to] ? random.pick(reasons[to]) : '',
          triggeredBy: who,
          triggerSource: byPerson ? 'user' : index > 2 ? 'edge' : random.weighted({ system: 1, job: 1 }),
          at: iso(last),
        },
      ),
    );
  });
  const owner = somePerson(random);
  const subscribed = random.weighted({ free: 30, starter: 34, professional: 26, enterprise: 10 });
  const own = world.record(
    tenant,
    {
      at,
      updatedAt: last,
      tenantId: id,
      status: plan.state,
      assignedTo: random.chance(0.4) ? random.pick(operators).id : '',
      by: random.pick(operators).id,
    },
    {
      name: company.name,
      slug: company.slug,
      plan: subscribed,
      ownerEmail: `${owner.handle}@${company.slug}.example`,
      region: random.pick(regions[company.script]),
      branding: {
        logoUrl: `https://cdn.steward.example/logos/${company.slug}.svg`,
        primaryColor: random.pick(colors),
        accentColor: random.pick(colors),
        customDomain: subscribed === 'enterprise' ? `console.${company.slug}.example` : '',
      },
      settings: {
        timeZone: timeZones[company.script],
        sessionMinutes: random.pick([30, 60, 480]),
        enforceSecondFactor: subscribed === 'enterprise',
      },
      trialEndsAt: subscribed === 'free' && random.chance(0.4) ? iso(at + 30 * day) : '',
      tags: random.chance(0.5) ? [random.pick(['key-account', 'education', 'pilot', 'partner', 'at-risk'])] : [],
      notes: random.chance(0.15)
        ? random.pick([
            'Prefers to be called in the morning.',
            'Security questionnaire due every spring.',
            'Talks about a second region for next year.',
          ])
        : '',
    },
    id,
  );
  return [own, ...entries, ...makeMembers(world, plan, owner)];
}

function makeMembers(world: DemoWorld, plan: PlannedTenant, owner: { name: string; handle: string }): RecordEnvelope[] {
  const { random, options } = world;
  const count = random.integer(2, 6);
  return Array.from({ length: count }, (_, index) => {
    const person = index === 0 ? owner : somePerson(random);
    const at = index === 0 ? plan.at : Math.floor(plan.at + random.fraction() * (options.now - plan.at) * 0.8);
    const seen = Math.floor(at + random.fraction() * (options.now - at));
    return world.record(
      member,
      { at, updatedAt: seen, tenantId: plan.id },
      {
        name: person.name,
        email: `${person.handle}${index === 0 ? '' : `.${index}`}@${plan.company.slug}.example`,
        role: index === 0 ? 'owner' : random.weighted({ admin: 2, member: 6, guest: 1 }),
        joinedAt: iso(at),
        lastSeenAt: iso(seen),
      },
    );
  });
}
