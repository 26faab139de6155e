import * as z from 'zod';
import type { JsonObject } from '#shared/kernel/json.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { eventType } from '#shared/resources/automation/eventType.ts';
import { rule } from '#shared/resources/automation/rule.ts';
import { ruleRevision } from '#shared/resources/automation/ruleRevision.ts';
import { day, iso } from './demoWorld.ts';
import type { DemoWorld } from './demoWorld.ts';
import { eventCatalogue } from './eventCatalogue.ts';
import type { DataField } from './eventCatalogue.ts';
import type { Colleague } from './people.ts';
import { ruleTemplates } from './ruleTemplates.ts';
import type { PlannedTenant } from './tenants.ts';

const fieldSchemas: Record<DataField, JsonObject> = {
  id: { type: 'string', minLength: 1 },
  person: { type: 'string' },
  email: { type: 'string', format: 'email' },
  title: { type: 'string' },
  percent: { type: 'number', minimum: 0 },
  money: { type: 'integer' },
  count: { type: 'integer', minimum: 0 },
  reason: { type: 'string' },
  word: { type: 'string' },
  flag: { type: 'boolean' },
};

export function makeEventTypes(world: DemoWorld): RecordEnvelope[] {
  const at = world.options.now - 700 * day;
  return eventCatalogue.map((entry) =>
    world.record(
      eventType,
      { at },
      {
        module: entry.module,
        code: entry.code,
        description: entry.description,
        dataSchema: {
          type: 'object',
          properties: Object.fromEntries(Object.entries(entry.data).map(([name, held]) => [name, fieldSchemas[held]])),
          required: Object.keys(entry.data),
        },
        isActive: true,
      },
    ),
  );
}

export interface DemoRules {
  rules: RecordEnvelope[];
  revisions: RecordEnvelope[];
}

/** The templates first for the whole platform, then adjusted for single tenants; with the revisions that led there. */
export function makeRules(
  world: DemoWorld,
  tenants: readonly PlannedTenant[],
  authors: readonly Colleague[],
): DemoRules {
  const { random, options } = world;
  const found: DemoRules = { rules: [], revisions: [] };
  for (let index = 0; index < options.rules; index += 1) {
    const template = ruleTemplates[index % ruleTemplates.length]!;
    const shared = index < ruleTemplates.length || tenants.length === 0;
    const owner = shared ? undefined : random.pick(tenants.filter((tenant) => tenant.state === 'ACTIVE'));
    const at = world.workingMoment(420, 40);
    const author = random.pick(authors).id;
    const revisions = random.integer(1, 3);
    const isActive = random.chance(0.78);
    const content = {
      name: owner ? `${template.name} · ${owner.company.name}` : template.name,
      description: template.description,
      trigger: template.trigger,
      conditions: template.conditions,
      steps: template.steps,
      priority: random.integer(0, 10) * 10,
      executionLimit: random.chance(0.1) ? 5000 : 0,
      cooldownSeconds: random.pick([0, 0, 60, 3600]),
      concurrency: random.weighted({ parallel: 6, queued: 2, single: 1, restart: 1 }),
      tags: [...template.tags],
      isActive,
    } satisfies z.input<typeof rule.body>;
    const id = world.idAt(at);
    const saves = Array.from({ length: revisions }, (_, revision) =>
      Math.floor(at + (revision * (options.now - at)) / (revisions + 1)),
    );
    const lastSaved = saves.at(-1) ?? at;
    const tenantId = owner?.id ?? '';
    const executions = isActive ? random.integer(0, 900) : random.integer(0, 20);
    found.rules.push(
      world.record(
        rule,
        { at, updatedAt: lastSaved, tenantId, by: author, assignedTo: random.chance(0.3) ? author : '' },
        {
          ...content,
          executionCount: executions,
          lastExecutedAt: executions > 0 ? iso(options.now - random.integer(5, 9000) * 60_000) : '',
          revision: revisions,
        },
        id,
      ),
    );
    saves.forEach((savedAt, revision) =>
      found.revisions.push(
        world.record(
          ruleRevision,
          { at: savedAt, tenantId, by: author },
          {
            ruleId: id,
            revision: revision + 1,
            name: content.name,
            snapshot: z.record(z.string(), z.json()).parse({
              ...content,
              priority: Math.max(0, content.priority - (revisions - revision - 1) * 10),
              isActive: revision === revisions - 1 ? isActive : false,
            }),
            savedBy: author,
            savedAt: iso(savedAt),
          },
        ),
      ),
    );
  }
  return found;
}
