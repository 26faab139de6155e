import * as z from 'zod';
import type { Json } from '#shared/kernel/json.ts';

/**
 * When this server was there to be reached, by its own clock. A session must not end from disuse for days in which its console
 * could not be heard: while the server was off, or when its clock was put forward.
 */
const attendanceSchema = z.object({
  /** The last moment that was noted, in milliseconds since the epoch. */
  heartbeat: z.number(),
  /** Stretches without one, in order; the first reaches back to before anything was noted. */
  gaps: z.array(z.object({ from: z.number(), to: z.number() })),
});
export type Attendance = z.infer<typeof attendanceSchema>;

/** Milliseconds between two notes that still count as being there. */
const longestSilence = 24 * 3600 * 1000;
/** The newest count. More of them span at least a year and a half. */
const mostGaps = 500;

/** undefined = nothing was noted yet, or not by this version. */
export function readAttendance(value: Json | undefined): Attendance | undefined {
  const read = attendanceSchema.safeParse(value);
  return read.success ? read.data : undefined;
}

/** With a further note. Before the first nothing counts; after the clock was put back, what was noted ahead of it does not. */
export function withHeartbeat(known: Attendance | undefined, now: number): Attendance {
  if (!known) return { heartbeat: now, gaps: [{ from: 0, to: now }] };
  const gaps = known.gaps.flatMap(({ from, to }) => (from < now ? [{ from, to: Math.min(to, now) }] : []));
  if (now - known.heartbeat > longestSilence) gaps.push({ from: known.heartbeat, to: now });
  return { heartbeat: now, gaps: gaps.slice(-mostGaps) };
}

/** Milliseconds since a moment in which the server was there. What has not been noted yet is judged as if it were now. */
export function attendedSince(known: Attendance | undefined, from: number, now: number): number {
  let attended = now - from;
  for (const gap of withHeartbeat(known, now).gaps)
    attended -= Math.max(0, Math.min(gap.to, now) - Math.max(gap.from, from));
  return attended;
}
