import * as z from 'zod';
import { isJsonObject } from '../../kernel/json.ts';
import type { Json, JsonObject } from '../../kernel/json.ts';

/** Records that data tell of, or were made from: those of a kind in a tenant. `*` = any there are. */
export const aboutSchema = z.object({ kind: z.string(), tenantId: z.string() });
export type About = z.infer<typeof aboutSchema>;

/** What a stored event or trace says its data are about; undefined = nobody wrote it down. */
export function aboutIn({ about }: JsonObject): readonly About[] | undefined {
  if (!Array.isArray(about)) return undefined;
  return about.map((one: Json) =>
    isJsonObject(one) && typeof one['kind'] === 'string' && typeof one['tenantId'] === 'string'
      ? { kind: one['kind'], tenantId: one['tenantId'] }
      : { kind: '*', tenantId: '' },
  );
}
