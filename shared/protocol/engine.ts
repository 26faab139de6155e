import * as z from 'zod';

const count = z.int().min(0);

/** One minute of events; `minute` is its start, as all of the last 60, the oldest first, idle ones included. */
const eventMinuteSchema = z.object({ minute: z.iso.datetime(), received: count, processed: count, failed: count });
const runMinuteSchema = z.object({ minute: z.iso.datetime(), started: count, finished: count, failed: count });

/** A job that was given up, kept for a person to look at. */
export const deadJobSchema = z.object({
  id: z.string(),
  type: z.string(),
  /** '' = the platform's. */
  tenantId: z.string(),
  /** Why the last attempt failed. */
  problem: z.string(),
  /** `problem` may repeat records that the reader does not see, and is empty. */
  withheld: z.boolean().optional(),
  attempts: count,
  createdAt: z.iso.datetime(),
});
export type DeadJob = z.infer<typeof deadJobSchema>;

/** Answer of `GET /v1/engine`: how the automation engine is doing, over all tenants. */
export const engineHealthSchema = z.object({
  jobs: z.object({
    /** Neither held nor dead; `due` of them could be done now. */
    waiting: count,
    due: count,
    held: count,
    dead: count,
    /** Milliseconds since the epoch; absent when nothing is due. */
    oldestDueAt: z.int().optional(),
    byType: z.array(z.object({ type: z.string(), waiting: count, dead: count })),
  }),
  events: z.object({ pending: count, failed: count, perMinute: z.array(eventMinuteSchema) }),
  runs: z.object({
    running: count,
    waiting: count,
    perMinute: z.array(runMinuteSchema),
    /** Of the runs that ended within the hour, those that failed: 0 to 1. */
    failureRate: z.number().min(0).max(1),
    /** Repeated attempts of steps within the hour. */
    retries: count,
  }),
  /** Deliveries of outbound webhooks within the hour. */
  webhooks: z.object({ attempts: count, failed: count }),
  /** How long the oldest due job has waited. */
  oldestWaitingSeconds: z.number().min(0),
  /** The newest dead jobs, at most 100. */
  dead: z.array(deadJobSchema),
});
export type EngineHealth = z.infer<typeof engineHealthSchema>;

export const webhookLogQuerySchema = z.object({
  runId: z.string().min(1).max(64).optional(),
  ruleId: z.string().min(1).max(64).optional(),
  /** `id` of the last attempt of the page before. */
  before: z.string().min(1).max(64).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type WebhookLogQuery = z.infer<typeof webhookLogQuerySchema>;

/** One attempt to deliver an outbound webhook. */
export const webhookAttemptSchema = z.object({
  id: z.string(),
  /** When the request began. */
  at: z.string(),
  runId: z.string(),
  ruleId: z.string(),
  tenantId: z.string(),
  stepId: z.string(),
  /** Without the values of its query. */
  url: z.string(),
  method: z.string(),
  /** 0 = no answer came. */
  status: z.int(),
  durationMs: z.int(),
  /** 1 = the first. */
  attempt: z.int(),
  /** '' = the receiver took it. */
  error: z.string(),
  requestBytes: z.int(),
  responseExcerpt: z.string(),
  /** `url`, `error` and `responseExcerpt` may repeat records that the reader does not see, and are empty. */
  withheld: z.boolean().optional(),
});
export type WebhookAttempt = z.infer<typeof webhookAttemptSchema>;

/** Answer of `GET /v1/webhook-log`, the newest first. */
export const webhookLogSchema = z.object({
  attempts: z.array(webhookAttemptSchema),
  /** `before` of the next page; null at the end. */
  before: z.string().nullable(),
});
export type WebhookLogAnswer = z.infer<typeof webhookLogSchema>;
