import { describe, expect, it } from 'vitest';
import { checkEventData } from '#shared/domain/automation/events/checkEventData.ts';
import { checkRule } from '#shared/domain/automation/rules/checkRule.ts';
import { compileRule } from '#shared/domain/automation/rules/decideRule.ts';
import { runRuleTest } from '#shared/domain/automation/simulation/runRuleTest.ts';
import { envelopeSchema } from '#shared/records/envelope.ts';
import { hintOf } from '#shared/records/fields.ts';
import { eventType } from '#shared/resources/automation/eventType.ts';
import { rule } from '#shared/resources/automation/rule.ts';
import { ruleTest } from '#shared/resources/automation/ruleTest.ts';
import { requireResource, resources } from '#shared/resources/registry.ts';
import { defaultDemoSizes, demoAccounts } from './demoOptions.ts';
import { generateDemoData } from './generateDemoData.ts';

const now = Date.UTC(2026, 5, 17, 10);
const small = { tenants: 40, rules: 30, events: 600, auditEntries: 900, referrals: 400, clicks: 900, anomalies: 60 };
const make = (seed = 7, sizes = small) => [...generateDemoData({ ...sizes, seed, now })].flat();

describe('demo data', () => {
  const records = make();
  const count = (kind: string) => records.filter((record) => record.kind === kind).length;

  it('is the same for the same seed, and another for another', () => {
    expect(JSON.stringify(make())).toBe(JSON.stringify(records));
    expect(JSON.stringify(make(8))).not.toBe(JSON.stringify(records));
  });

  it('has every kind, and as many as were asked for', () => {
    expect(resources.filter((resource) => count(resource.kind) === 0).map((resource) => resource.kind)).toEqual([]);
    expect([
      count('tenant'),
      count('rule'),
      count('event'),
      count('auditEntry'),
      count('referral'),
      count('click'),
      count('anomaly'),
    ]).toEqual(Object.values(small));
    expect(Object.values(defaultDemoSizes)).toEqual([300, 120, 20_000, 50_000, 10_000, 30_000, 500]);
  });

  it('holds only records that the envelope and their kind accept unchanged', () => {
    const wrong = records.flatMap((record) => {
      const resource = requireResource(record.kind);
      const outcome = resource.body.strict().safeParse(record.body);
      const stateKnown = resource.states ? record.status in resource.states.states : record.status === '';
      const inOrder = record.createdAt <= record.updatedAt && Date.parse(record.updatedAt) <= now;
      return outcome.success && envelopeSchema.safeParse(record).success && stateKnown && inOrder
        ? []
        : [{ record, problem: outcome.error?.message }];
    });
    expect(wrong.slice(0, 3)).toEqual([]);
  });

  it('refers only to records that exist, and repeats no id and nothing unique', () => {
    const ids = new Set(records.map((record) => record.id));
    expect(ids.size).toBe(records.length);
    const seen = new Set<string>();
    const dangling = records.flatMap((record) => {
      const resource = requireResource(record.kind);
      const references = Object.entries(resource.body.shape).flatMap(([name, schema]) =>
        hintOf(schema).widget === 'reference' ? [String(record.body[name])] : [],
      );
      const repeated = resource.unique.flatMap((rule) => {
        const key = JSON.stringify([
          record.kind,
          rule.within === 'tenant' ? record.tenantId : '',
          rule.fields,
          rule.fields.map((name) => record.body[name]),
        ]);
        if (seen.has(key)) return [key];
        seen.add(key);
        return [];
      });
      return [...references, record.tenantId, record.assignedTo]
        .filter((id) => id !== '' && !ids.has(id))
        .concat(repeated);
    });
    expect(dangling).toEqual([]);
  });

  it('tells of a tenant what its lifecycle entries say', () => {
    const wrong = records
      .filter((record) => record.kind === 'tenant')
      .filter((tenant) => {
        const last = records.filter((entry) => entry.kind === 'lifecycleEntry' && entry.tenantId === tenant.id).at(-1);
        return tenant.tenantId !== tenant.id || last?.body['to'] !== tenant.status;
      });
    expect(wrong).toEqual([]);
  });

  it('has the accounts that people sign in with', () => {
    const emails = records.filter((record) => record.kind === 'staff').map((record) => record.body['email']);
    expect(emails).toEqual(expect.arrayContaining(demoAccounts.map((account) => account.email)));
  });

  it('has events whose data fit the schema of their type', () => {
    const types = records.filter((record) => record.kind === 'eventType').map(({ body }) => eventType.body.parse(body));
    const schemas = new Map(types.map((type) => [`${type.module}.${type.code}`, type.dataSchema]));
    const wrong = records
      .filter((record) => record.kind === 'event')
      .flatMap(({ body }) => {
        const schema = schemas.get(`${String(body['module'])}.${String(body['code'])}`);
        const checked = schema && checkEventData(schema, body['data'] ?? null);
        return checked?.ok ? [] : [{ body, checked }];
      });
    expect(wrong.slice(0, 3)).toEqual([]);
  });

  it('has rules without errors, and tests that they pass', async () => {
    const rules = records
      .filter((record) => record.kind === 'rule')
      .map(({ id, tenantId, body }) => ({ id, tenantId, body: rule.body.parse(body) }));
    const wrong = rules.flatMap((one) => checkRule(one, { resources }));
    expect(wrong.filter((problem) => problem.severity === 'error')).toEqual([]);
    const tests = records.filter((record) => record.kind === 'ruleTest').map(({ body }) => ruleTest.body.parse(body));
    expect(tests.length).toBeGreaterThan(4);
    for (const test of tests) {
      const tested = rules.find((one) => one.id === test.ruleId);
      const { differences } = await runRuleTest(compileRule(tested!), test, { now });
      expect([test.name, differences]).toEqual([test.name, []]);
    }
  });
});
