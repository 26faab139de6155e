import * as z from 'zod';

/** How far one collection is, kept on the disk beside its documents. */
const collectionStateSchema = z.object({
  /** Everything up to this sequence is stored; null = nothing yet. */
  checkpoint: z.int().nullable(),
  /** Pull everything again and remove what did not come, because what is stored can no longer be trusted. */
  sweep: z.boolean(),
  /** True once everything was here at least once. */
  complete: z.boolean(),
  /** Everything changed at this instant (ISO 8601) or later is here; '' = everything. Says something once `complete`. */
  since: z.string().default(''),
  /** Everything the server had when it greeted with this sequence is here; -1 = no greeting. */
  greeting: z.int().default(-1),
});
export type CollectionState = z.infer<typeof collectionStateSchema>;

export function readCollectionState(stored: unknown): CollectionState {
  const parsed = collectionStateSchema.safeParse(stored);
  return parsed.success ? parsed.data : { checkpoint: null, sweep: false, complete: false, since: '', greeting: -1 };
}
