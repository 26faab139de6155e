import * as z from 'zod';
import { compareRights } from '#shared/domain/access/compareRights.ts';
import { jsonEqual } from '#shared/kernel/json.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import { role as roleResource } from '#shared/resources/access/role.ts';

/** What of a role is edited. */
export const roleDraftSchema = roleResource.body.omit({ isSystem: true });
export type RoleDraft = z.infer<typeof roleDraftSchema>;

/** A draft as it is kept: with the contents it began from, so that only what was changed here is saved. */
const keptSchema = z.object({ base: roleDraftSchema, draft: roleDraftSchema });

const keyOf = (id: string) => `steward.draft.roleEditor.${id}`;

export const blankRole: RoleDraft = {
  key: '',
  name: '',
  description: '',
  permissions: [],
  tenants: [],
  fieldRules: [],
};

export function draftOf(body: JsonObject): RoleDraft {
  const parsed = roleDraftSchema.safeParse(body);
  return parsed.success ? parsed.data : blankRole;
}

/** A role like another, under a name and a key of its own. */
export function copyOfRole(source: RoleDraft, name: string, taken: ReadonlySet<string>): RoleDraft {
  return { ...source, name, key: freeKey(source.key, taken) };
}

/** `support_2` where `support` is taken. */
export function freeKey(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  for (let number = 2; ; number += 1) {
    const key = `${wanted}_${number}`;
    if (!taken.has(key)) return key;
  }
}

/** A key made of a name; '' where the name has no letter to make one of. */
export function keyOfName(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+/, '')
    .replace(/_+$/, '')
    .slice(0, 60);
}

/** Fields of the draft that differ from where it began, as a patch of the body. */
export function changesOf(base: RoleDraft, draft: RoleDraft): JsonObject {
  const pairs = Object.entries(draft).filter(([name, value]) => !jsonEqual(value, (base as JsonObject)[name]));
  return Object.fromEntries(pairs);
}

/** How many things were changed: permissions and tenants one by one, fields one by one, anything else as a whole. */
export function countChanges(base: RoleDraft, draft: RoleDraft): number {
  const { gained, lost, fields } = compareRights(base, draft);
  const moved = [...base.tenants, ...draft.tenants].filter(
    (id) => base.tenants.includes(id) !== draft.tenants.includes(id),
  );
  const texts = (['key', 'name', 'description'] as const).filter((name) => base[name] !== draft[name]);
  const counted = gained.length + lost.length + fields.length + moved.length + texts.length;
  return counted === 0 && Object.keys(changesOf(base, draft)).length > 0 ? 1 : counted;
}

/**
 * The draft on a role that somebody else changed meanwhile: their changes where this person made none, this person's where
 * they did. Permissions and tenants merge one by one.
 */
export function rebase(base: RoleDraft, draft: RoleDraft, stored: RoleDraft): RoleDraft {
  const set = (name: 'permissions' | 'tenants') => {
    const added = draft[name].filter((one) => !base[name].includes(one));
    const removed = new Set(base[name].filter((one) => !draft[name].includes(one)));
    return [...new Set([...stored[name].filter((one) => !removed.has(one)), ...added])].sort();
  };
  return {
    key: draft.key === base.key ? stored.key : draft.key,
    name: draft.name === base.name ? stored.name : draft.name,
    description: draft.description === base.description ? stored.description : draft.description,
    permissions: set('permissions'),
    tenants: set('tenants'),
    fieldRules: jsonEqual(draft.fieldRules, base.fieldRules) ? stored.fieldRules : draft.fieldRules,
  };
}

/** What was left unsaved; undefined where nothing usable was kept. */
export function readRoleDraft(id: string): { base: RoleDraft; draft: RoleDraft } | undefined {
  try {
    const parsed = keptSchema.safeParse(JSON.parse(localStorage.getItem(keyOf(id)) ?? 'null'));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a draft on this machine; one without changes removes what was kept. Full storage loses the draft, never the form. */
export function keepRoleDraft(id: string, kept: { base: RoleDraft; draft: RoleDraft } | undefined): void {
  try {
    if (!kept || Object.keys(changesOf(kept.base, kept.draft)).length === 0) localStorage.removeItem(keyOf(id));
    else localStorage.setItem(keyOf(id), JSON.stringify(kept));
  } catch (error) {
    void window.steward.log.write({ level: 'warn', message: `draft of a role not kept: ${String(error)}` });
  }
}
