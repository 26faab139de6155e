import type * as z from 'zod';
import type { Resource } from './defineResource.ts';

const made = new WeakMap<z.ZodObject, z.ZodObject>();

/** The schema of a kind's body that refuses fields it does not name. One for each kind: making it costs far more than using it. */
export function strictBodyOf({ body }: Pick<Resource, 'body'>): z.ZodObject {
  const known = made.get(body);
  if (known) return known;
  const strict = body.strict();
  made.set(body, strict);
  return strict;
}
