import * as z from 'zod';
import { principalSchema } from '#shared/domain/access/principal.ts';
import type { Hello } from '#shared/protocol/messages.ts';

/** What the replica knows about the server and the person, kept for the time without a connection. */
export const identitySchema = z.object({
  serverId: z.string(),
  /** Highest sequence the server has shown; a lower one later means that it was restored from a backup. */
  sequence: z.int(),
  scopeHash: z.string(),
  principal: principalSchema,
  demo: z.boolean(),
});
export type Identity = z.infer<typeof identitySchema>;

export type Doubt = 'other_server' | 'restored_server' | 'other_scope' | 'other_person';

/** Why what is stored cannot be continued from; undefined when it can. */
export function doubtOf(known: Identity | undefined, hello: Hello, highestCheckpoint: number): Doubt | undefined {
  if (!known) return undefined;
  if (known.serverId !== hello.serverId) return 'other_server';
  if (known.principal.id !== hello.access.id) return 'other_person';
  if (hello.sequence < highestCheckpoint) return 'restored_server';
  return known.scopeHash === hello.scope.hash ? undefined : 'other_scope';
}
