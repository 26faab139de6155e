import * as z from 'zod';
import type { Staff } from '#shared/resources/access/staff.ts';

/** What of a person is edited in their profile. */
export type ProfileDraft = Partial<Pick<Staff['body'], 'email' | 'displayName' | 'locale' | 'tenants'>>;

/** Half an address is worth keeping too. Without the defaults of the record: what was not typed is not there. */
const draftSchema = z.object({
  email: z.string().max(320).exactOptional(),
  displayName: z.string().max(200).exactOptional(),
  locale: z.enum(['en', 'ar', 'fr']).exactOptional(),
  tenants: z.array(z.string()).exactOptional(),
});
const keyOf = (id: string) => `steward.draft.profile.${id}`;

/** What was typed and not saved; nothing where none or nothing usable was kept. */
export function readProfileDraft(id: string): ProfileDraft {
  try {
    const parsed = draftSchema.safeParse(JSON.parse(localStorage.getItem(keyOf(id)) ?? '{}'));
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
