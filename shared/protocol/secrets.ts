import * as z from 'zod';

/** Body of `PUT /v1/secrets/:name`. */
export const secretValueSchema = z.object({ value: z.string().min(1).max(16_384) });

/** What is told of a secret; never its value. */
export const secretSchema = z.object({
  name: z.string(),
  updatedAt: z.iso.datetime(),
  updatedBy: z.string(),
  /** False: sealed with another key than the server has now; enter the value anew. */
  readable: z.boolean(),
});

/** Answer of `GET /v1/secrets`, by name. */
export const secretsSchema = z.object({ secrets: z.array(secretSchema) });
