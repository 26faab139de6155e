import * as z from 'zod';
import { catalogueBodies } from '#shared/domain/automation/catalogue/catalogueRecords.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { eventType } from '#shared/resources/automation/eventType.ts';
import { rule } from '#shared/resources/automation/rule.ts';
import { ruleRevision } from '#shared/resources/automation/ruleRevision.ts';
import { demoRules } from './demoRules.ts';
import { day, iso } from './demoWorld.ts';
import type { DemoWorld } from './demoWorld.ts';
import type { Colleague } from './people.ts';
import type { PlannedTenant } from './tenants.ts';

export function makeEventTypes(world: DemoWorld): RecordEnvelope[] {
  const at = world.options.now - 700 * day;
  return catalogueBodies().map((body) => world.record(eventType, { at }, body));
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
    const template = demoRules[index % demoRules.length]!;
    const shared = index < demoRules.length || tenants.length === 0;
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
