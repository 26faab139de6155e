import { describe, expect, it } from 'vitest';
import type { Principal } from '#shared/domain/access/principal.ts';
import { systemRoles } from '#shared/domain/access/systemRoles.ts';
import { areas, newRecordPath, pageOf, placesFor } from './places.ts';

const personWith = (role: string): Principal => ({
  id: 'p',
  name: 'Person',
  assignedTenants: [],
  grants: [
    {
      role,
      permissions: [...(systemRoles.find((one) => one.key === role)?.permissions ?? [])],
      tenants: '*',
      fieldRules: [],
    },
  ],
});
const pathsOf = (role: string) => placesFor(personWith(role)).map((place) => place.path);

describe('the places of the console', () => {
  it('have a path and a key of their own', () => {
    const places = areas.flatMap((area) => area.places);
    const keys = places.flatMap((place) => place.key ?? []);
    expect(new Set(places.map((place) => place.path)).size).toBe(places.length);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('are those a person may open', () => {
    expect(pathsOf('super_admin')).toEqual(expect.arrayContaining(['/engine', '/integrations', '/rules/templates']));
    expect(pathsOf('viewer')).toEqual(expect.arrayContaining(['/rules', '/engine', '/events/failed']));
    expect(pathsOf('viewer')).not.toContain('/integrations');
    expect(pathsOf('support')).not.toContain('/engine');
  });

  it('keep their page while one moves within it', () => {
    expect(pageOf('/rules/7/runs')).toBe(pageOf('/rules/7'));
    expect(pageOf('/rules/7')).not.toBe(pageOf('/rules/8'));
    expect(pageOf('/events/failed')).toBe(pageOf('/events/failed'));
    expect(pageOf('/events/7')).not.toBe(pageOf('/events/8'));
    expect(pageOf('/runs/7')).not.toBe(pageOf('/runs'));
  });

  it('say where a new record begins', () => {
    expect([newRecordPath('rule'), newRecordPath('task')]).toEqual(['/rules/new', '/records/task/new']);
  });
});
