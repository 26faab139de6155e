import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { click } from '#shared/resources/clicks/click.ts';
import { payout } from '#shared/resources/referrals/payout.ts';
import { programme } from '#shared/resources/referrals/programme.ts';
import { referral } from '#shared/resources/referrals/referral.ts';
import { referralCode } from '#shared/resources/referrals/referralCode.ts';
import { day, hour, iso } from './demoWorld.ts';
import type { DemoWorld } from './demoWorld.ts';
import { somePerson } from './names.ts';
import type { PlannedTenant } from './tenants.ts';

export interface DemoReferrals {
  programmes: RecordEnvelope[];
  codes: RecordEnvelope[];
  referrals: RecordEnvelope[];
  payouts: RecordEnvelope[];
  clicks: RecordEnvelope[];
}

interface Owner {
  id: string;
  code: string;
  name: string;
  email: string;
  tenantId: string;
  programmeId: string;
  basisPoints: number;
  at: number;
  fraudulent: boolean;
  clicks: number;
  conversions: number;
  pending: number;
  paid: number;
}

const terms = [
  ['standard', 'Standard', 1000],
  ['ambassador', 'Ambassadors', 1500],
  ['influencer', 'Influencers', 2000],
  ['affiliate', 'Affiliates', 2500],
  ['special', 'Summer special', 1200],
] as const;
const path = ['pending', 'clicked', 'registered', 'converted', 'confirmed', 'paid'] as const;
const places = [
  ['FR', 'Île-de-France'],
  ['DE', 'Bayern'],
  ['SA', 'Riyadh'],
  ['AE', 'Dubai'],
  ['JP', 'Tokyo'],
  ['US', 'California'],
  ['MA', 'Casablanca-Settat'],
  ['GB', 'London'],
] as const;
const sources = [
  'https://news.example/letter',
  'https://social.example/post',
  'https://blog.example/review',
  'https://video.example/watch',
  '',
];
const agents = [
  'Mozilla/5.0 (Windows NT 10.0) Chrome/131',
  'Mozilla/5.0 (iPhone) Safari/18',
  'Mozilla/5.0 (Macintosh) Firefox/133',
  'Mozilla/5.0 (Android 15) Chrome/131',
];

/** Programmes, codes, what came of them, and the clicks. About one code in thirty belongs to somebody who cheats. */
export function makeReferrals(world: DemoWorld, tenants: readonly PlannedTenant[]): DemoReferrals {
  const { random, options } = world;
  const programmes = terms.map(([type, name, basisPoints], index) =>
    world.record(
      programme,
      { at: options.now - (690 - index) * day },
      {
        key: type,
        name,
        type,
        commission:
          type === 'affiliate'
            ? {
                model: 'tiered',
                tiers: [
                  { fromCount: 0, basisPoints: 2000 },
                  { fromCount: 25, basisPoints },
                ],
              }
            : { model: 'percentage', basisPoints },
        minimumPayout: 5000,
        maxReferralsPerPerson: type === 'special' ? 20 : 0,
        targetTiers: ['basic', 'premium'],
        holdDays: 14,
        startsAt: iso(options.now - 690 * day),
        endsAt: type === 'special' ? iso(options.now + 60 * day) : '',
        isActive: true,
        isPublic: type !== 'special',
      },
    ),
  );
  const owners = Array.from({ length: Math.max(6, Math.ceil(options.referrals / 25)) }, (_, index): Owner => {
    const person = somePerson(random);
    const at = world.workingMoment(380, 100);
    const term = random.integer(0, terms.length - 1);
    return {
      id: world.idAt(at),
      code: `${(person.handle.split('.')[0] ?? 'STEWARD').toUpperCase().slice(0, 6)}${1000 + index}`,
      name: person.name,
      email: `${person.handle}.${index}@mail.example`,
      tenantId: tenants.length > 0 ? random.pick(tenants).id : '',
      programmeId: programmes[term]!.id,
      basisPoints: terms[term]![2],
      at,
      fraudulent: index % 30 === 5,
      clicks: 0,
      conversions: 0,
      pending: 0,
      paid: 0,
    };
  });
  const referrals = Array.from({ length: options.referrals }, () => makeReferral(world, random.pick(owners)));
  const clicks = makeClicks(world, owners);
  const payouts = owners.filter((owner) => owner.paid + owner.pending >= 5000).map((owner) => makePayout(world, owner));
  const codes = owners.map((owner) =>
    world.record(
      referralCode,
      { at: owner.at, tenantId: owner.tenantId, updatedAt: options.now - random.integer(1, 90) * hour },
      {
        code: owner.code,
        ownerName: owner.name,
        ownerEmail: owner.email,
        programmeId: owner.programmeId,
        type: random.weighted({ generated: 7, manual: 2, vanity: 1 }),
        expiresAt: iso(owner.at + 730 * day),
        utm: { source: 'referral' },
        landingPage: 'https://steward.example/join',
        isActive: !owner.fraudulent || random.chance(0.5),
        clicks: owner.clicks,
        conversions: owner.conversions,
        earningsTotal: owner.pending + owner.paid,
        earningsPending: owner.pending,
        earningsPaid: owner.paid,
      },
      owner.id,
    ),
  );
  return { programmes, codes, referrals, payouts, clicks };
}

function makeReferral(world: DemoWorld, owner: Owner): RecordEnvelope {
  const { random, options } = world;
  const at = world.workingMoment(100, 0.1);
  const person = somePerson(random);
  const status = random.weighted({
    pending: 6,
    clicked: 22,
    registered: 22,
    converted: 12,
    confirmed: 10,
    paid: 18,
    expired: 6,
    cancelled: 4,
  });
  const reached = status === 'expired' ? 1 : status === 'cancelled' ? 2 : path.indexOf(status);
  const timeline = path.slice(0, reached + 1).map((state, index) => ({
    status: state as string,
    at: iso(Math.min(at + ((options.now - at) * index) / 8, options.now)),
  }));
  const updatedAt = Math.floor(at + ((options.now - at) * (reached + 1)) / 8);
  if (status === 'expired' || status === 'cancelled') timeline.push({ status, at: iso(updatedAt) });
  const bought = reached >= 3;
  const orderAmount = bought ? random.pick([2900, 9900, 29_900, 118_800]) : 0;
  const commission = Math.floor((orderAmount * owner.basisPoints) / 10_000);
  if (bought) owner.conversions += 1;
  if (status === 'paid') owner.paid += commission;
  else if (bought) owner.pending += commission;
  const fraudScore = owner.fraudulent ? random.integer(62, 97) : random.integer(0, 28);
  const device = owner.fraudulent ? `device-${owner.code}` : `device-${random.hex(8)}`;
  return world.record(
    referral,
    { at, updatedAt, tenantId: owner.tenantId, status },
    {
      referrerName: owner.name,
      referredName: reached >= 2 ? person.name : '',
      referredEmail: reached >= 2 ? `${person.handle}@mail.example` : '',
      codeId: owner.id,
      code: owner.code,
      programmeId: owner.programmeId,
      orderAmount,
      commission,
      tierBought: bought ? random.pick(['basic', 'premium', 'enterprise']) : '',
      subscriptionReference: bought ? `sub_${random.hex(10)}` : '',
      entitlementReference: bought ? `ent_${random.hex(10)}` : '',
      attribution: { model: 'last_touch', device, windowDays: 30 },
      fraudScore,
      fraudChecks: owner.fraudulent
        ? [
            {
              check: 'same_device',
              passed: false,
              score: fraudScore,
              detail: `Seen under several visitors: ${device}`,
            },
            { check: 'self_referral', passed: true, score: 0, detail: 'Addresses differ' },
          ]
        : [{ check: 'same_device', passed: true, score: fraudScore, detail: 'One visitor' }],
      fraudVerdict: owner.fraudulent ? random.weighted({ suspected: 7, confirmed: 2, cleared: 1 }) : 'none',
      timeline,
    },
  );
}

/** Mostly strangers over 100 days; cheats' clicks come in bursts from one network under many visitors. */
function makeClicks(world: DemoWorld, owners: readonly Owner[]): RecordEnvelope[] {
  const { random, options } = world;
  const cheats = owners.filter((owner) => owner.fraudulent);
  const honest = owners.filter((owner) => !owner.fraudulent);
  let burst = 0;
  let burstAt = 0;
  let cheat = owners[0]!;
  return world.risingMoments(options.clicks, 80).map((moment) => {
    if (burst === 0 && cheats.length > 0 && random.chance(0.003))
      [burst, burstAt, cheat] = [random.integer(20, 45), moment, random.pick(cheats)];
    const bad = burst > 0;
    if (bad) [burst, burstAt] = [burst - 1, Math.min(burstAt + random.integer(400, 4000), options.now)];
    const at = bad ? burstAt : moment;
    const owner = bad ? cheat : random.pick(honest);
    const [country, region] = bad ? places[0] : random.pick(places);
    owner.clicks += 1;
    return world.record(
      click,
      { at, tenantId: owner.tenantId },
      {
        codeId: owner.id,
        code: owner.code,
        visitor: random.hex(16),
        session: random.hex(12),
        at: iso(at),
        network: bad ? `net-${cheat.code}` : random.hex(16),
        userAgent: bad ? agents[0]! : random.pick(agents),
        referrer: bad ? '' : random.pick(sources),
        utm: { medium: 'link' },
        country,
        region,
        device: bad ? 'desktop' : random.weighted({ mobile: 6, desktop: 4, tablet: 1 }),
        isBot: bad ? random.chance(0.4) : random.chance(0.01),
        fraudScore: bad ? random.integer(70, 98) : random.integer(0, 25),
        converted: !bad && random.chance(0.06),
      },
    );
  });
}

function makePayout(world: DemoWorld, owner: Owner): RecordEnvelope {
  const { random, options } = world;
  const at = world.workingMoment(60, 2);
  const status =
    owner.paid === 0
      ? 'pending'
      : random.weighted({ paid: 60, pending: 20, processing: 5, failed: 9, disputed: 2, cancelled: 4 });
  const gross = status === 'pending' ? Math.max(owner.pending, 5000) : Math.max(owner.paid, 5000);
  const fee = Math.floor(gross / 50);
  const failed = status === 'failed';
  return world.record(
    payout,
    { at, updatedAt: at + random.integer(1, 40) * hour, tenantId: owner.tenantId, status },
    {
      recipientName: owner.name,
      recipientEmail: owner.email,
      programmeId: owner.programmeId,
      periodStart: iso(at - 30 * day),
      periodEnd: iso(at),
      gross,
      fee,
      net: gross - fee,
      method: random.weighted({ bank_transfer: 7, paypal: 3, credit: 1 }),
      reference: `PO-${random.hex(8).toUpperCase()}`,
      batch: status === 'pending' ? '' : `batch-${iso(at).slice(0, 10)}`,
      retries: failed ? random.integer(1, 3) : 0,
      nextRetryAt: failed ? iso(options.now + random.integer(1, 48) * hour) : '',
      failureReason: failed
        ? random.pick(['The bank does not know the account', 'Name and account do not match', 'Provider unavailable'])
        : '',
      calculation: { basisPoints: owner.basisPoints, conversions: owner.conversions, feeRate: '2 %' },
    },
  );
}
