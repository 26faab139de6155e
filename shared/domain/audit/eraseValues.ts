import { isJsonObject } from '../../kernel/json.ts';
import type { Json, JsonObject } from '../../kernel/json.ts';
import { portableCrypto } from './auditCrypto.ts';
import type { AuditCrypto } from './auditCrypto.ts';
import { commitmentsOf, committedPaths, withoutValues } from './commitments.ts';

/**
 * The body without the values at these paths, its hash as it was; C5. A path names a value (`reason`, `changes.0.old`) or what holds
 * several (`changes`, `changes.0`); paths without a value change nothing. For good when it is stored, for one reader when it is
 * sent. In an entry of format 1 the values go too, and its hash no longer follows.
 */
export function eraseValues(
  body: JsonObject,
  paths: readonly string[],
  crypto: AuditCrypto = portableCrypto,
): JsonObject {
  const names = (path: string) => paths.some((one) => path === one || path.startsWith(`${one}.`));
  if (body['format'] !== 2) return withoutValues(body, committedPaths(body).filter(names), true);
  const written = body['commitments'];
  const salt = body['salt'];
  const known: Json[] =
    typeof salt === 'string' && salt !== ''
      ? commitmentsOf(body, salt, committedPaths(body), crypto)
      : Array.isArray(written)
        ? written
        : [];
  const gone: string[] = [];
  const commitments = known.map((one) => {
    if (!isJsonObject(one) || one['salt'] === undefined) return one;
    const path = String(one['path']);
    if (!names(path)) return one;
    gone.push(path);
    const { salt: _salt, ...rest } = one;
    return rest;
  });
  return gone.length === 0 ? body : { ...withoutValues(body, gone, true), salt: '', commitments };
}
