import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { rule } from '#shared/resources/automation/rule.ts';
import type { Rule } from '#shared/resources/automation/rule.ts';
import { ruleRevision } from '#shared/resources/automation/ruleRevision.ts';
import type { Replica } from '#renderer/data/replicaApi.ts';
import type { SimulatedSide } from '#renderer/data/simulation/threadTasks.ts';
import type { SimulatorSetup, Version } from './useSimulatorSetup.ts';

/** The versions chosen, read from the replica; one that is not here any more is missing. */
export async function readSides(
  replica: Pick<Replica, 'get' | 'readRows'>,
  { ruleId, version, other }: Pick<SimulatorSetup, 'ruleId' | 'version' | 'other'>,
  draft: Rule['body'] | undefined,
): Promise<SimulatedSide[]> {
  const found = ruleId === '' ? undefined : await replica.get(rule.kind, ruleId);
  const saved = found && ruleOf(found.record);
  const sides: SimulatedSide[] = [];
  for (const one of other ? [version, other] : [version]) {
    const side = await readSide(replica, one, saved, draft);
    if (side) sides.push(side);
  }
  return sides;
}

/** A record of a rule with every field; undefined where it cannot be read as one. */
export function ruleOf(record: RecordEnvelope): Rule | undefined {
  const body = rule.body.safeParse(record.body);
  return body.success ? { ...record, body: body.data } : undefined;
}

async function readSide(
  replica: Pick<Replica, 'readRows'>,
  version: Version,
  saved: Rule | undefined,
  draft: Rule['body'] | undefined,
): Promise<SimulatedSide | undefined> {
  if (version === 'draft') return draft && { rule: saved ?? unsaved(draft), revision: { revision: 0, body: draft } };
  if (!saved) return undefined;
  if (version === 'saved') return { rule: saved };
  const revision = Number(version.slice('revision:'.length));
  const bodies: Rule['body'][] = [];
  await replica.readRows(
    {
      kind: ruleRevision.kind,
      filters: [
        { path: 'body.ruleId', operator: 'is', value: saved.id },
        { path: 'body.revision', operator: 'is', value: revision },
      ],
    },
    (rows) => {
      for (const { record } of rows) {
        const body = rule.body.safeParse(record.body['snapshot']);
        if (body.success) bodies.push(body.data);
      }
    },
  );
  const [body] = bodies;
  return body && { rule: saved, revision: { revision, body } };
}

/** A rule that was never saved, as a record. */
function unsaved(body: Rule['body']): Rule {
  const never = '1970-01-01T00:00:00.000Z';
  return {
    id: 'draft',
    kind: rule.kind,
    tenantId: '',
    status: '',
    assignedTo: '',
    createdAt: never,
    createdBy: 'system',
    updatedAt: never,
    updatedBy: 'system',
    version: 1,
    body,
  };
}
