import type { RecordEnvelope } from '#shared/records/envelope.ts';
import type { NewEvent } from '#server/engine/acceptEvents.ts';
import { openAutomation, removeFolder } from './automationHere.ts';
import { eventRule, manyRules, measuredEvents, measuredStep, measuredWorld, oneType } from './automationWorld.ts';
import type { Measure } from './measure.ts';

const ruleCount = 2000;
const eventCount = 20_000;
const batchSize = 1000;
const runCount = 5000;
const warmUp = 2000;

/** Events that are taken in while the engine rests, then decided by 2,000 rules; in this process, without HTTP. */
export async function eventThroughput(): Promise<Measure[]> {
  const world = [...measuredWorld(), ...manyRules(ruleCount)];
  await passThrough(world, measuredEvents(warmUp, 3));
  const { accepting, working, processed, runs } = await passThrough(world, measuredEvents(eventCount));
  const through = `${ruleCount} rules, ${runs} runs of a step started and ended`;
  return [
    {
      name: `events accepted, batches of ${batchSize}`,
      unit: 'events/s',
      value: eventCount / accepting.elapsed,
      n: eventCount,
    },
    { name: 'processor time of it, an event', unit: 'µs', value: (1e6 * accepting.busy) / eventCount, n: eventCount },
    { name: `events processed through ${through}`, unit: 'events/s', value: processed / working.elapsed, n: processed },
    { name: 'processor time of it, an event', unit: 'µs', value: (1e6 * working.busy) / processed, n: processed },
  ];
}

/** Every event starts a run of three steps that write to the store. */
export async function runThroughput(): Promise<Measure[]> {
  const world = [...measuredWorld(), eventRule('serve', `${oneType.module}.${oneType.code}`, [], databaseSteps)];
  await passThrough(world, measuredEvents(warmUp / 4, 3, oneType));
  const { working, runs } = await passThrough(world, measuredEvents(runCount, 1, oneType));
  if (runs !== runCount) throw new Error(`${runs} runs began, not ${runCount}`);
  return [
    {
      name: 'runs of three database steps, each event starts one',
      unit: 'runs/s',
      value: runs / working.elapsed,
      n: runs,
    },
    {
      name: "processor time of it, a run, without the evaluators'",
      unit: 'µs',
      value: (1e6 * working.busy) / runs,
      n: runs,
    },
  ];
}

const databaseSteps = [
  measuredStep('call', {
    type: 'action',
    action: 'create_task',
    settings: { title: 'Call {{ event.data.email }}', priority: 'high' },
  }),
  measuredStep('check', {
    type: 'action',
    action: 'create_task',
    settings: {
      title: 'Check {{ event.data.country }} for {{ tenant.name }}',
      description: '{{ steps.call.output.id }}',
    },
  }),
  measuredStep('note', {
    type: 'action',
    action: 'update_field',
    settings: { kind: 'tenant', id: '{{ event.tenantId }}', field: 'notes', value: 'Score {{ event.data.score }}' },
  }),
];

interface Passed {
  accepting: Span;
  working: Span;
  processed: number;
  runs: number;
}

async function passThrough(world: readonly RecordEnvelope[], events: readonly NewEvent[]): Promise<Passed> {
  const here = await openAutomation(world);
  try {
    const accepting = await spanOf(async () => {
      for (let from = 0; from < events.length; from += batchSize) {
        const outcomes = await here.edges.acceptEvents(events.slice(from, from + batchSize));
        const refused = outcomes.find(({ status }) => status !== 'stored');
        if (refused) throw new Error(`an event was not stored: ${JSON.stringify(refused)}`);
      }
    });
    let done = { processed: 0, runs: 0 };
    const working = await spanOf(async () => {
      await here.start();
      done = await here.settled();
    });
    return { accepting, working, ...done };
  } finally {
    await here.close();
    removeFolder(here);
  }
}

/** Seconds: by the clock, and of this process's processor time. */
interface Span {
  elapsed: number;
  busy: number;
}

async function spanOf(work: () => Promise<void>): Promise<Span> {
  const start = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { elapsed: (performance.now() - start) / 1000, busy: (user + system) / 1e6 };
}
