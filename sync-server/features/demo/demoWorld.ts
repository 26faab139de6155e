import * as z from 'zod';
import type { Json, JsonObject } from '#shared/kernel/json.ts';
import { createUuidV7Source } from '#shared/kernel/uuidV7.ts';
import type { Resource } from '#shared/records/defineResource.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import type { DemoOptions } from './demoOptions.ts';
import { createSeededRandom } from './seededRandom.ts';
import type { SeededRandom } from './seededRandom.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** Where and when a demo record came to be; times in milliseconds since the epoch. */
export interface Circumstances {
  at: number;
  updatedAt?: number;
  tenantId?: string;
  status?: string;
  assignedTo?: string;
  by?: string;
  updatedBy?: string;
}

/** What all areas of the demo data share: the options, chance, and the making of records. */
export interface DemoWorld {
  options: DemoOptions;
  random: SeededRandom;
  idAt: (at: number) => string;
  record: <Body extends z.ZodObject>(
    resource: Resource<string, Body>,
    circumstances: Circumstances,
    body: z.input<Body>,
    id?: string,
  ) => RecordEnvelope;
  /** A moment in working hours of a weekday, between so many days ago and so many days ago. */
  workingMoment: (earliestDaysAgo: number, latestDaysAgo: number) => number;
  /** `count` rising moments in working hours over the last `days` days. */
  risingMoments: (count: number, days: number) => number[];
}

export function iso(at: number): string {
  return new Date(at).toISOString();
}

export function createDemoWorld(options: DemoOptions): DemoWorld {
  const random = createSeededRandom(options.seed);
  const idAt = (at: number) => createUuidV7Source(() => at, random.bytes)();
  const defaults = new Map<string, JsonObject>();
  const defaultsOf = (resource: Resource): JsonObject => {
    const known = defaults.get(resource.kind);
    if (known) return known;
    const found: JsonObject = {};
    for (const [name, schema] of Object.entries(resource.body.shape)) {
      if (schema instanceof z.ZodDefault) found[name] = schema.parse(undefined) as Json;
    }
    defaults.set(resource.kind, found);
    return found;
  };
  return {
    options,
    random,
    idAt,
    record: (resource, circumstances, body, id) => {
      const full: JsonObject = { ...defaultsOf(resource) };
      for (const [name, value] of Object.entries(body)) if (value !== undefined) full[name] = value as Json;
      const updatedAt = Math.min(Math.max(circumstances.updatedAt ?? circumstances.at, circumstances.at), options.now);
      const by = circumstances.by ?? 'system';
      return {
        id: id ?? idAt(circumstances.at),
        kind: resource.kind,
        tenantId: circumstances.tenantId ?? '',
        status: circumstances.status ?? resource.states?.initial ?? '',
        assignedTo: circumstances.assignedTo ?? '',
        createdAt: iso(circumstances.at),
        createdBy: by,
        updatedAt: iso(updatedAt),
        updatedBy: circumstances.updatedBy ?? by,
        version: 1,
        body: full,
      };
    },
    workingMoment: (earliestDaysAgo, latestDaysAgo) => {
      const daysAgo = latestDaysAgo + random.fraction() * (earliestDaysAgo - latestDaysAgo);
      return inWorkingHours(options.now - daysAgo * day, options.now);
    },
    risingMoments: (count, days) => {
      const start = options.now - days * day;
      const step = (days * day) / Math.max(count, 1);
      return Array.from({ length: count }, (_, index) =>
        inWorkingHours(start + (index + random.fraction()) * step, options.now),
      ).sort((left, right) => left - right);
    },
  };
}

/** Squeezes the day into 07:00 to 18:00 UTC, moves weekends to Friday, and never passes `latest`. */
function inWorkingHours(at: number, latest: number): number {
  const midnight = Math.floor(at / day) * day;
  const weekday = new Date(midnight).getUTCDay();
  const back = weekday === 6 ? 1 : weekday === 0 ? 2 : 0;
  const squeezed = Math.floor(midnight - back * day + 7 * hour + ((at - midnight) * 11) / 24);
  return Math.min(squeezed, latest - minute);
}
