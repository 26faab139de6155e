import type { RecordEnvelope } from '#shared/records/envelope.ts';
import type { BatchEntries } from './batchEntries.ts';

const eventsPerJob = 200;

/** The jobs that process events: those of one tenant together, in the order in which they were stored. */
export function eventJobsOf(
  events: readonly RecordEnvelope[],
): { type: string; tenantId: string; payload: { eventIds: string[] } }[] {
  const open = new Map<string, { type: string; tenantId: string; payload: { eventIds: string[] } }>();
  const jobs: { type: string; tenantId: string; payload: { eventIds: string[] } }[] = [];
  for (const { id, tenantId } of events) {
    let job = open.get(tenantId);
    if (!job || job.payload.eventIds.length === eventsPerJob) {
      job = { type: 'processEvents', tenantId, payload: { eventIds: [] } };
      open.set(tenantId, job);
      jobs.push(job);
    }
    job.payload.eventIds.push(id);
  }
  return jobs;
}

/** Keeps the count of pending events that the engine's health shows, in the place where the engine counts them down. */
export async function countRaised(
  entries: Pick<BatchEntries, 'getEntries' | 'putEntry'>,
  raised: number,
): Promise<void> {
  if (raised === 0) return;
  const known = (await entries.getEntries('engineCounts', ['pendingEvents'])).get('pendingEvents');
  entries.putEntry('engineCounts', 'pendingEvents', (typeof known === 'number' ? known : 0) + raised);
}
