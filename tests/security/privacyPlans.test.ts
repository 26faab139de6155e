import fc from 'fast-check';
import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import { committedPaths } from '#shared/domain/audit/commitments.ts';
import { addToSums, sumsAsJson } from '#shared/domain/privacy/financialSums.ts';
import type { FinancialSums } from '#shared/domain/privacy/financialSums.ts';
import { findInJson, findSubject } from '#shared/domain/privacy/findSubject.ts';
import { financialKinds } from '#shared/domain/privacy/peopleInKinds.ts';
import { withoutMentions } from '#shared/domain/privacy/mentions.ts';
import { planErasure, pseudonymFor } from '#shared/domain/privacy/planErasure.ts';
import type { ErasureMode } from '#shared/domain/privacy/planErasure.ts';
import { subjectOf } from '#shared/domain/privacy/subject.ts';
import type { Subject } from '#shared/domain/privacy/subject.ts';
import { textsIn } from '#shared/domain/privacy/walkJson.ts';
import { isJsonObject } from '#shared/kernel/json.ts';
import type { Json, JsonObject } from '#shared/kernel/json.ts';
import { envelopeSchema, isTombstone, tombstoneSchema } from '#shared/records/envelope.ts';
import type { RecordEnvelope, RecordState } from '#shared/records/envelope.ts';
import { defineResource } from '#shared/records/defineResource.ts';
import { requireResource } from '#shared/resources/registry.ts';
import { generateDemoData } from '#server/features/demo/generateDemoData.ts';

const now = Date.parse('2026-07-01T00:00:00.000Z');
const sizes = { tenants: 12, rules: 12, events: 150, auditEntries: 150, referrals: 150, clicks: 60, anomalies: 12 };
const demo = [...generateDemoData({ ...sizes, seed: 5, now })].flat();
const byKind = Map.groupBy(demo, (record) => record.kind);
const modes: ErasureMode[] = ['anonymise', 'erase', 'erase_keep_financial'];
const person = { email: 'zoe.quill@planted.example', name: 'Zoë Quill' };

/** Puts the person into a text of the body, if the record stays valid with it; which text is drawn. */
function plant(record: RecordEnvelope, seed: number, text: string): RecordEnvelope {
  const resource = requireResource(record.kind);
  // What is sealed into an entry of the log is ids and codes, never a text that somebody typed.
  const places =
    record.kind === 'auditEntry' ? committedPaths(record.body) : [...textsIn(record.body)].map((one) => one.path);
  for (let tried = 0; tried < places.length; tried++) {
    const path = places[(seed + tried) % places.length] ?? '';
    const body = put(record.body, path.split('.'), text) as JsonObject;
    if (resource.body.safeParse(body).success) return { ...record, body };
  }
  return record;
}

function put(value: Json, [name, ...rest]: string[], text: string): Json {
  if (name === undefined) return typeof value === 'string' ? text : value;
  if (Array.isArray(value)) return value.map((item, index) => (String(index) === name ? put(item, rest, text) : item));
  return isJsonObject(value) && value[name] !== undefined ? { ...value, [name]: put(value[name], rest, text) } : value;
}

function idsOf(record: RecordEnvelope, subject: Subject): RecordEnvelope {
  const email = subject.emails[0] ?? '';
  const fields: Record<string, [string, string]> = {
    member: ['name', 'email'],
    staff: ['displayName', 'email'],
    payout: ['recipientName', 'recipientEmail'],
    referralCode: ['ownerName', 'ownerEmail'],
    referral: ['referredName', 'referredEmail'],
  };
  const [name, address] = fields[record.kind] ?? [];
  if (name === undefined || address === undefined) return record;
  return { ...record, body: { ...record.body, [name]: subject.names[0] ?? '', [address]: email } };
}

const texts = [
  person.email,
  person.name,
  `Called ${person.name.toUpperCase()} (${person.email.toUpperCase()}) today.`,
  'zoe\u0308 quill',
];

function problemsOf(state: RecordState): unknown[] {
  const parsed = isTombstone(state)
    ? [tombstoneSchema.safeParse(state)]
    : [envelopeSchema.safeParse(state), requireResource(state.kind).body.safeParse(state.body)];
  return parsed.flatMap((one) => one.error?.issues ?? []);
}

function tracesIn(state: RecordState, subject: Subject): string[] {
  if (isTombstone(state)) return [];
  return findSubject(state, requireResource(state.kind), subject).map((one) => one.path);
}

describe.each(modes)('%s', (mode) => {
  const subject = subjectOf({ emails: [person.email], names: [person.name], records: [] });
  const pseudonym = pseudonymFor(mode, 'request-1');

  it.each([...byKind.keys()])(
    'a %s with the person anywhere in it becomes one without, valid, and stays so',
    (kind) => {
      const resource = requireResource(kind);
      const records = byKind.get(kind) ?? [];
      fc.assert(
        fc.property(fc.nat(), fc.nat(), fc.constantFrom(...texts), fc.boolean(), (which, where, text, theirs) => {
          const drawn = records[which % records.length];
          if (!drawn) return;
          const planted = plant(theirs ? idsOf(drawn, subject) : drawn, where, text);
          const plan = planErasure(planted, resource, subject, mode, pseudonym);
          const left = 'record' in plan ? plan.record : planted;
          expect(problemsOf(left)).toEqual([]);
          expect(tracesIn(left, subject)).toEqual([]);
          expect(left.version - planted.version).toBe(plan.outcome === 'nothing' ? 0 : 1);
          expect(isTombstone(left) ? 'nothing' : planErasure(left, resource, subject, mode, pseudonym).outcome).toBe(
            'nothing',
          );
        }),
        { numRuns: 30, seed: 20_261_121 },
      );
    },
  );
});

describe('sums of the books', () => {
  const books = demo.filter((record) => financialKinds.includes(record.kind));
  const sumsOf = (records: readonly RecordEnvelope[]) => {
    const sums: FinancialSums = new Map();
    for (const record of records) addToSums(sums, record);
    return sumsAsJson(sums);
  };

  it.each(['anonymise', 'erase_keep_financial'] as const)('stay as they are: %s', (mode) => {
    fc.assert(
      fc.property(fc.constantFrom(...books), (one) => {
        const names = ['recipientName', 'ownerName', 'referrerName'].map((name) => String(one.body[name] ?? ''));
        const emails = ['recipientEmail', 'ownerEmail', 'referredEmail'].map((name) => String(one.body[name] ?? ''));
        const subject = subjectOf({ emails, names, records: [] });
        const after = books.flatMap((record) => {
          const plan = planErasure(record, requireResource(record.kind), subject, mode, pseudonymFor(mode, 'r'));
          if (!('record' in plan)) return [record];
          return isTombstone(plan.record) ? [] : [plan.record];
        });
        expect(sumsOf(after)).toEqual(sumsOf(books));
        expect(after.some((record) => findSubject(record, requireResource(record.kind), subject).length > 0)).toBe(
          false,
        );
      }),
      { numRuns: 12, seed: 7 },
    );
  });

  it('a person who is the one paid goes with the payout when nothing is to be kept', () => {
    const payout = books.find((record) => record.kind === 'payout');
    if (!payout) throw new Error('the demo data has no payout');
    const subject = subjectOf({ emails: [String(payout.body['recipientEmail'])], names: [], records: [] });
    const plan = planErasure(payout, requireResource('payout'), subject, 'erase', pseudonymFor('erase', 'r'));
    expect(plan.outcome).toBe('delete');
  });
});

describe('who is whom', () => {
  const member = byKind.get('member')?.[0];
  if (!member) throw new Error('the demo data has no member');
  const resource = requireResource('member');

  it('somebody with the same name and another address stays', () => {
    const namesake = { ...member, body: { ...member.body, name: person.name, email: 'other@planted.example' } };
    const subject = subjectOf({ emails: [person.email], names: [person.name], records: [] });
    expect(findSubject(namesake, resource, subject)).toEqual([]);
  });

  it('a record named as the person goes, whatever it says; ids elsewhere are references and stay', () => {
    const subject = subjectOf({ emails: [], names: [], records: [`member:${member.id}`] });
    const pseudonym = pseudonymFor('erase', 'r');
    expect(planErasure(member, resource, subject, 'erase', pseudonym).outcome).toBe('delete');
    const task = byKind.get('task')?.[0];
    if (!task) throw new Error('the demo data has no task');
    const about = {
      ...task,
      createdBy: member.id,
      body: { ...task.body, relatedKind: 'member', relatedId: member.id },
    };
    const plan = planErasure(about, requireResource('task'), subject, 'erase', pseudonym);
    expect(plan.outcome).toBe('nothing');
    expect(plan.locations.map((one) => one.occurrence)).toEqual(['reference', 'reference']);
  });
});

describe('records that are no persons', () => {
  const everyId = demo.map((record) => `${record.kind}:${record.id}`);

  it.each([...byKind.keys()].filter((kind) => !['member', 'staff', 'session', 'notification'].includes(kind)))(
    'a %s does not go because its id is named',
    (kind) => {
      const [record] = byKind.get(kind) ?? [];
      if (!record) throw new Error(`the demo data has no ${kind}`);
      const subject = subjectOf({ emails: [], names: [], records: everyId });
      const plan = planErasure(record, requireResource(kind), subject, 'erase', pseudonymFor('erase', 'r'));
      expect(plan.outcome).not.toBe('delete');
      expect(plan.locations.map((one) => one.occurrence)).not.toContain('is');
    },
  );

  it.each(['auditKey', 'auditHead', 'auditGap', 'legalHold', 'retentionRule', 'role'])(
    'a %s is never deleted, whatever it contains',
    (kind) => {
      const resource = requireResource(kind);
      const [any] = demo;
      if (!any) throw new Error('there is no demo data');
      const body = { name: person.email, key: person.email, keyId: person.email, hash: person.name };
      const record = { ...any, id: 'named', kind, body };
      const subject = subjectOf({ emails: [person.email], names: [person.name], records: ['member:named'] });
      for (const mode of modes)
        expect(planErasure(record, resource, subject, mode, pseudonymFor(mode, 'r')).outcome).not.toBe('delete');
    },
  );
});

describe('somebody whose name is short, or a common word', () => {
  const words = [
    'active',
    'ACTIVE',
    'pending',
    'sent',
    'failed',
    'email',
    'name',
    'order',
    'Max',
    'true',
    'data',
    'low',
  ];

  it('takes no record with them but what is theirs', () => {
    for (const word of words) {
      const subject = subjectOf({ emails: [], names: [word], records: [] });
      for (const record of demo) {
        const resource = requireResource(record.kind);
        const plan = planErasure(record, resource, subject, 'erase', pseudonymFor('erase', 'r'));
        expect(plan.outcome === 'delete' ? `${record.kind} for '${word}'` : '').toBe('');
        if (plan.outcome !== 'write') continue;
        expect(problemsOf(plan.record)).toEqual([]);
        expect(Object.keys(plan.record.body)).toEqual(Object.keys(record.body));
      }
    }
  });

  it('is not who has a longer name', () => {
    const referral = byKind.get('referral')?.[0];
    if (!referral) throw new Error('the demo data has no referral');
    const subject = subjectOf({ emails: [], names: ['Max'], records: [] });
    const outcomeFor = (referrerName: string) => {
      const record = { ...referral, body: { ...referral.body, referrerName } };
      return planErasure(record, requireResource('referral'), subject, 'erase', pseudonymFor('erase', 'r')).outcome;
    };
    expect(outcomeFor('Max Planck')).toBe('write');
    expect(outcomeFor(' MAX ')).toBe('delete');
  });

  it('leaves keys, choices and ids alone, unless they hold the address', () => {
    const subject = subjectOf({ emails: ['max@planted.example'], names: ['Max'], records: [] });
    const data = {
      status: 'max',
      type: 'order.max',
      max: 3,
      'to max@planted.example': 1,
      mailto: 'max@planted.example',
      customer: { name: 'Max', note: 'Max called' },
    };
    expect(withoutMentions({ data }, subject, { name: 'N', email: 'e@x.invalid' })).toEqual({
      data: {
        status: 'max',
        type: 'order.max',
        max: 3,
        'to e@x.invalid': 1,
        mailto: 'e@x.invalid',
        customer: { name: 'N', note: 'N called' },
      },
    });
    expect(findInJson(data, subject).map((one) => one.path)).toEqual([
      'to max@planted.example',
      'mailto',
      'customer.name',
      'customer.note',
    ]);
  });

  it('stays where a record of somebody else would not be valid without the name, and that is said', () => {
    const resource = defineResource({
      kind: 'task',
      collection: 'runs',
      permission: 'tasks',
      scope: 'tenant',
      writer: 'console',
      body: z.object({ label: z.enum(['Mark Up', 'Other one']), text: z.string() }),
      list: { columns: [], defaultSort: 'id', search: [] },
      title: (record) => record.id,
    });
    const [any] = byKind.get('task') ?? [];
    if (!any) throw new Error('the demo data has no task');
    const subject = subjectOf({ emails: [], names: ['Mark Up'], records: [] });
    const pseudonym = pseudonymFor('erase', 'r');
    const record = { ...any, body: { label: 'Mark Up', text: 'Mark Up was here' } };
    const plan = planErasure(record, resource, subject, 'erase', pseudonym);
    expect(plan).toMatchObject({ outcome: 'write', record: { body: { label: 'Mark Up', text: '[erased] was here' } } });
    if (plan.outcome !== 'write') return;
    const again = planErasure(plan.record, resource, subject, 'erase', pseudonym);
    expect(again).toMatchObject({ outcome: 'left', locations: [{ path: 'body.label' }] });
  });
});
