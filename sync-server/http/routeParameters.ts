import * as z from 'zod';

/** `:id` of a record in an address. */
export const idParameters = z.object({ id: z.string().min(1).max(64) });
