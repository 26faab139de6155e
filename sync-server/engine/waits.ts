import { parsePattern, patternMatches } from '#shared/domain/automation/patterns/eventPattern.ts';
import type { RunState } from '#shared/domain/automation/run/runState.ts';
import { stepAt } from '#shared/domain/automation/run/stepAt.ts';
import type { EventFacts } from '#shared/domain/automation/scope.ts';
import { isJsonObject } from '#shared/kernel/json.ts';
import { textIn } from '#shared/records/readBody.ts';
import type { EngineBatch } from './ports.ts';
import type { OpenRun } from './runProgress.ts';

/** Runs that wait for an event, by whose events they wait for: `<tenant or *>|<run>`. */
const area = 'waits';
const countArea = 'waitCounts';
const readAtOnce = 1000;

/** Keeps the list of waiting runs in step with a run that begins or ends to wait. */
export async function followWait(batch: EngineBatch, run: OpenRun, next: RunState): Promise<void> {
  const [before, after] = [waitOf(run, run.stored.state), waitOf(run, next)];
  if (before && (!after || before.key !== after.key)) {
    batch.removeEntry(area, before.key);
    await count(batch, before.of, -1);
  }
  if (after) {
    batch.putEntry(area, after.key, after.value);
    if (!before || before.key !== after.key) await count(batch, after.of, 1);
  }
}

/** Ids of the runs that wait for this event. */
export async function runsWaitingFor(batch: EngineBatch, event: EventFacts): Promise<string[]> {
  const found: string[] = [];
  const of = event.tenantId === '' ? ['*', ''] : ['*', event.tenantId];
  const counts = await batch.getEntries(countArea, of);
  for (const whose of of) {
    if (!counts.has(whose)) continue;
    for (let after = ''; ;) {
      const page = await batch.entriesOf(area, { prefix: `${whose}|`, after, limit: readAtOnce });
      for (const { key, value } of page) {
        if (isJsonObject(value) && fits(value, event)) found.push(key.slice(key.lastIndexOf('|') + 1));
        after = key;
      }
      if (page.length < readAtOnce) break;
    }
  }
  return found;
}

function fits(wait: { [name: string]: unknown }, event: EventFacts): boolean {
  const pattern = parsePattern(String(wait['pattern']));
  if (!pattern.ok || !patternMatches(pattern.value, event.name)) return false;
  if (wait['about'] !== 'entity') return true;
  return wait['entityType'] === event.entityType && wait['entityId'] === event.entityId;
}

function waitOf({ record, program }: OpenRun, { status, frames, phase }: RunState) {
  if (status !== 'waiting' || phase.at !== 'waiting' || phase.waiting.for !== 'event') return undefined;
  const step = stepAt(program.steps, frames);
  const about = step?.type === 'wait' && step.until.for === 'event' ? step.until.about : 'tenant';
  // The run of a tenant's rule never hears of other tenants.
  const of = about === 'any' && program.tenantId === '' ? '*' : record.tenantId;
  const value = {
    pattern: phase.waiting.detail,
    about,
    entityType: textIn(record.body, 'entityType'),
    entityId: textIn(record.body, 'entityId'),
  };
  return { of, key: `${of}|${record.id}`, value };
}

async function count(batch: EngineBatch, of: string, more: 1 | -1): Promise<void> {
  const known = (await batch.getEntries(countArea, [of])).get(of);
  const next = (typeof known === 'number' ? known : 0) + more;
  if (next > 0) batch.putEntry(countArea, of, next);
  else batch.removeEntry(countArea, of);
}
