import * as z from 'zod';
import { staff as staffResource } from '#shared/resources/access/staff.ts';

/** What of a person is edited in their profile. */
const profileSchema = staffResource.body
  .pick({ email: true, displayName: true, locale: true, tenants: true })
  .partial();
export type ProfileDraft = z.infer<typeof profileSchema>;

const looseSchema = profileSchema.extend({ email: z.string().max(320).optional(), displayName: z.string().optional() });
const keyOf = (id: string) => `steward.draft.profile.${id}`;

/** What was typed and not saved; nothing where none or nothing usable was kept. */
export function readProfileDraft(id: string): ProfileDraft {
  try {
    const parsed = looseSchema.safeParse(JSON.parse(localStorage.getItem(keyOf(id)) ?? '{}'));
    return parsed.success ? parsed.data : {};
  } catch {
    return {};
  }
}

/** Keeps what is typed on this machine. Full storage loses the draft, never the form. */
export function keepProfileDraft(id: string, draft: ProfileDraft): void {
  try {
    if (Object.keys(draft).length === 0) localStorage.removeItem(keyOf(id));
    else localStorage.setItem(keyOf(id), JSON.stringify(draft));
  } catch (error) {
    void window.steward.log.write({ level: 'warn', message: `draft of a person not kept: ${String(error)}` });
  }
}
