import { canonicalJson } from '../../kernel/canonicalJson.ts';
import { isJsonObject } from '../../kernel/json.ts';
import type { Json, JsonObject } from '../../kernel/json.ts';
import type { Commitment } from '../../resources/audit/auditEntry.ts';
import { portableCrypto } from './auditCrypto.ts';
import type { AuditCrypto } from './auditCrypto.ts';
import type { ChainEntry } from './auditTypes.ts';

const personalFields = ['actorName', 'address', 'device', 'reason', 'resourceName'] as const;
/** Fields of an entry whose values can be taken away, or kept from a reader, while its hash still follows; C4, C5. */
export const erasableFields: readonly string[] = [...personalFields, 'changes'];
const changePath = /^changes\.(0|[1-9]\d{0,8})\.(old|new)$/;

/** Paths of the values an intact body commits to, sorted by UTF-16 code units; C4. */
export function committedPaths(body: JsonObject): string[] {
  const paths: string[] = personalFields.filter((name) => body[name] !== undefined && body[name] !== '');
  const changes = body['changes'];
  if (Array.isArray(changes))
    for (const [index, change] of changes.entries())
      if (isJsonObject(change))
        for (const side of ['new', 'old']) if (change[side] !== undefined) paths.push(`changes.${index}.${side}`);
  return paths.sort();
}

/** Commitments to these values with the values' own salts; C4. */
export function commitmentsOf(
  body: JsonObject,
  salt: string,
  paths: readonly string[],
  { sha256 }: AuditCrypto = portableCrypto,
): Required<Commitment>[] {
  return paths.map((path) => {
    const own = saltOfValue(salt, path, sha256);
    return { path, hash: commitmentTo(valueOf(body, path) ?? null, own, sha256), salt: own };
  });
}

/**
 * The sealed form of an intact entry in one pass and one copy, `undefined` where values stood: every write of the server goes
 * through here, so it puts together what is hashed by hand. Paths of C4 and hex need no escapes.
 */
export function intactForm(
  { id, tenantId, body }: ChainEntry,
  salt: string,
  { sha256 }: AuditCrypto,
): { [name: string]: Json | undefined } {
  const list: { path: string; hash: string }[] = [];
  const quoted = canonicalJson(salt);
  const commit = (path: string, value: Json) => {
    const own = sha256(`[${quoted},"${path}"]`).slice(0, 32);
    list.push({ path, hash: sha256(`["${own}",${canonicalJson(value)}]`) });
  };
  const form: { [name: string]: Json | undefined } = { ...body, id, tenantId, hash: undefined, salt: undefined };
  for (const name of personalFields) {
    const value = body[name];
    if (value === undefined || value === '') continue;
    commit(name, value);
    form[name] = undefined;
  }
  const changes = body['changes'];
  if (Array.isArray(changes) && changes.length > 0)
    form['changes'] = changes.map((change, index): Json => {
      if (!isJsonObject(change) || (change['new'] === undefined && change['old'] === undefined)) return change;
      const { new: after, old: before, ...others } = change;
      if (after !== undefined) commit(`changes.${index}.new`, after);
      if (before !== undefined) commit(`changes.${index}.old`, before);
      return others;
    });
  form['commitments'] = list.sort((left, right) => (left.path < right.path ? -1 : 1));
  return form;
}

function saltOfValue(salt: string, path: string, sha256: AuditCrypto['sha256']): string {
  return sha256(canonicalJson([salt, path])).slice(0, 32);
}

export function commitmentTo(value: Json, salt: string, sha256: AuditCrypto['sha256']): string {
  return sha256(canonicalJson([salt, value]));
}

/** True for a path that C4 can commit to. */
export function isCommittable(path: string): boolean {
  return personalFields.some((name) => name === path) || changePath.test(path);
}

/** The value at a path of C4; undefined = there is none. */
export function valueOf(body: JsonObject, path: string): Json | undefined {
  const [, index, side] = changePath.exec(path) ?? [];
  if (index === undefined || side === undefined) return body[path];
  const changes = body['changes'];
  const change = Array.isArray(changes) ? changes[Number(index)] : undefined;
  return isJsonObject(change) ? change[side] : undefined;
}

/** The body without the values at these paths; `blank`: fields become '' instead of disappearing (sides of a change always do). */
export function withoutValues(body: JsonObject, paths: readonly string[], blank: boolean): JsonObject {
  const rest = { ...body };
  const changes = Array.isArray(rest['changes']) ? [...rest['changes']] : undefined;
  for (const path of paths) {
    const [, index, side] = changePath.exec(path) ?? [];
    if (index === undefined || side === undefined) {
      if (blank) rest[path] = '';
      else delete rest[path];
      continue;
    }
    const change = changes?.[Number(index)];
    if (!changes || !isJsonObject(change)) continue;
    const { [side]: _taken, ...others } = change;
    changes[Number(index)] = others;
  }
  return changes ? { ...rest, changes } : rest;
}
