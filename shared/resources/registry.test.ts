import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { envelopeSchema } from '../records/envelope.ts';
import { hintOf } from '../records/fields.ts';
import { statesAfter } from '../records/stateMachine.ts';
import type { StateMachine } from '../records/stateMachine.ts';
import { systemRoles } from '../domain/access/systemRoles.ts';
import { kindsOf, permissionResources, requireResource, resourceByKind, resources } from './registry.ts';

const kinds = [
  'tenant',
  'member',
  'lifecycleEntry',
  'rule',
  'ruleRevision',
  'ruleTest',
  'eventType',
  'event',
  'run',
  'auditEntry',
  'auditKey',
  'auditHead',
  'auditGap',
  'retentionRule',
  'legalHold',
  'session',
  'privacyRequest',
  'programme',
  'referralCode',
  'referral',
  'payout',
  'click',
  'anomaly',
  'flag',
  'staff',
  'apiKey',
  'role',
  'notification',
  'task',
  'approval',
  'command',
];
const labels = z.record(z.string(), z.json());

function readLabels(language: string) {
  return labels.parse(
    JSON.parse(readFileSync(new URL(`../../renderer/locales/${language}/resources.json`, import.meta.url), 'utf8')),
  );
}

/** Every label key that a screen asks for. */
function keysOfKind(kind: string): string[] {
  const resource = requireResource(kind);
  const fields = Object.entries(resource.body.shape);
  return [
    `kinds.${kind}.one`,
    `kinds.${kind}.many`,
    ...fields.map(([name]) => `fields.${kind}.${name}`),
    ...resource.list.columns.map((column) => `fields.${kind}.${column.path.replace(/^body\./, '')}`),
    ...Object.keys(resource.states?.states ?? {}).map((state) => `states.${kind}.${state}`),
    ...resource.form.map((group) => `groups.${kind}.${group.name}`),
    ...fields.flatMap(([name, schema]) => {
      const hint = hintOf(schema);
      return hint.widget === 'choice' ? hint.options.map((option) => `choices.${kind}.${name}.${option}`) : [];
    }),
  ];
}

function reachable(machine: StateMachine): Set<string> {
  const found = new Set([machine.initial]);
  for (const state of found) for (const next of statesAfter(machine, state)) found.add(next);
  return found;
}

describe('the registry', () => {
  it('describes every kind, each once', () => {
    expect(resources.map((resource) => resource.kind).toSorted()).toEqual(kinds.toSorted());
    expect(kindsOf('automation')).toEqual(['rule', 'ruleRevision', 'ruleTest', 'eventType']);
    expect(resourceByKind('nothing')).toBeUndefined();
    expect(() => requireResource('nothing')).toThrow(/nothing/);
  });

  it.each(resources.map((resource) => [resource.kind, resource] as const))(
    '%s: schema, columns and states are sound',
    (_, resource) => {
      expect(z.toJSONSchema(resource.body, { io: 'input', unrepresentable: 'any' })).toMatchObject({ type: 'object' });
      const paths = [
        ...resource.list.columns.map((column) => column.path),
        resource.list.defaultSort.replace(/^-/, ''),
      ];
      const known = [
        ...Object.keys(envelopeSchema.shape),
        ...Object.keys(resource.body.shape).map((name) => `body.${name}`),
      ];
      expect(paths.filter((path) => !known.includes(path))).toEqual([]);
      const machine = resource.states;
      if (!machine) return;
      expect([...reachable(machine)].toSorted()).toEqual(Object.keys(machine.states).toSorted());
      const left = machine.transitions.filter((transition) => machine.states[transition.from]?.terminal);
      expect(left).toEqual([]);
      expect(new Set(Object.values(machine.states).map((state) => state.order)).size).toBe(
        Object.keys(machine.states).length,
      );
    },
  );

  it.each(['en', 'ar', 'fr'])('has every label in %s', (language) => {
    const held = readLabels(language);
    const at = (path: string) =>
      path.split('.').reduce<unknown>((part, key) => labels.safeParse(part).data?.[key], held);
    const missing = kinds.flatMap(keysOfKind).filter((key) => typeof at(key) !== 'string' || at(key) === '');
    expect(missing).toEqual([]);
  });

  it('system roles name resources that exist, and fields to hide that exist', () => {
    const later = ['slos', 'settings'];
    const named = systemRoles.flatMap((role) => role.permissions).map((permission) => permission.split('.')[0] ?? '');
    expect(
      named.filter((name) => name !== '*' && !permissionResources.includes(name) && !later.includes(name)),
    ).toEqual([]);
    const wrong = systemRoles
      .flatMap((role) => role.fieldRules)
      .filter(
        (rule) =>
          !resources.some((resource) => resource.permission === rule.resource && rule.field in resource.body.shape),
      );
    expect(wrong).toEqual([]);
  });
});
