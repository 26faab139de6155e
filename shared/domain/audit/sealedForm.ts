import { canonicalJson } from '../../kernel/canonicalJson.ts';
import { isJsonObject } from '../../kernel/json.ts';
import type { Json, JsonObject } from '../../kernel/json.ts';
import { portableCrypto } from './auditCrypto.ts';
import type { AuditCrypto } from './auditCrypto.ts';
import type { ChainEntry } from './auditTypes.ts';
import { commitmentTo, intactForm, isCommittable, valueOf, withoutValues } from './commitments.ts';

/** What of an entry is hashed, or why it cannot be an entry as one was written. */
export type SealedForm =
  | {
      ok: true;
      /** `undefined` = absent. */
      form: { [name: string]: Json | undefined };
      /** Values that were erased or are withheld. */
      withheld: number;
    }
  | { ok: false; problem: string };

/** C3, C5, C6. */
export function sealedForm(entry: ChainEntry, crypto: AuditCrypto = portableCrypto): SealedForm {
  const { format, salt: given, commitments: written } = entry.body;
  if (format === 2 && typeof given === 'string' && given !== '' && Array.isArray(written) && written.length === 0)
    return { ok: true, form: intactForm(entry, given, crypto), withheld: 0 };
  const { hash: _hash, salt = '', commitments = [], ...body } = entry.body;
  if (body['format'] === undefined || body['format'] === 1) {
    if (salt !== '' || (Array.isArray(commitments) && commitments.length > 0))
      return { ok: false, problem: 'an entry of format 1 has no commitments' };
    const { format: _one, ...form } = body;
    return { ok: true, form, withheld: 0 };
  }
  if (body['format'] !== 2) return { ok: false, problem: `format ${JSON.stringify(body['format'])} is not known` };
  if (typeof salt !== 'string') return { ok: false, problem: 'salt is no text' };
  if (!Array.isArray(commitments)) return { ok: false, problem: 'commitments is no list' };
  if (salt !== '') return { ok: false, problem: 'both salt and commitments are there' };
  const read = readWritten(body, commitments, crypto);
  if (!read.ok) return read;
  const { id, tenantId } = entry;
  const { list, withheld } = read;
  const rest = withoutValues(
    body,
    list.map((one) => one.path),
    false,
  );
  return { ok: true, form: { ...rest, id, tenantId, commitments: list }, withheld };
}

type Written = { ok: true; list: { path: string; hash: string }[]; withheld: number } | { ok: false; problem: string };

/** Commitments as they are written out once something was taken away: what stays must fit, what went must be gone. */
function readWritten(body: JsonObject, commitments: readonly unknown[], { sha256 }: AuditCrypto): Written {
  const list: { path: string; hash: string }[] = [];
  let withheld = 0;
  for (const one of commitments) {
    if (!isJsonObject(one)) return { ok: false, problem: 'a commitment is no object' };
    const { path, hash, salt, ...others } = one;
    if (typeof path !== 'string' || !isCommittable(path) || typeof hash !== 'string' || Object.keys(others).length > 0)
      return { ok: false, problem: 'a commitment has another shape' };
    const value = valueOf(body, path);
    if (salt === undefined) {
      if (value !== undefined && value !== '') return { ok: false, problem: `${path} was taken away and yet is there` };
      withheld += 1;
    } else if (typeof salt !== 'string' || value === undefined || commitmentTo(value, salt, sha256) !== hash)
      return { ok: false, problem: `${path} does not fit its commitment` };
    list.push({ path, hash });
  }
  return { ok: true, list, withheld };
}

/**
 * The hash an entry ought to have; C2. For what the server writes.
 * @throws TypeError for what is no entry.
 */
export function hashOfEntry(entry: ChainEntry, crypto: AuditCrypto = portableCrypto): string {
  const sealed = sealedForm(entry, crypto);
  if (!sealed.ok) throw new TypeError(`entry ${entry.id}: ${sealed.problem}`);
  return crypto.sha256(canonicalJson(sealed.form));
}
