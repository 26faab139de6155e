import { z } from 'zod';

/** Sign-in in the person's own browser. */
export const pageLocaleSchema = z.enum(['en', 'fr', 'ar']);
export type PageLocale = z.infer<typeof pageLocaleSchema>;

/** How the wait for the browser ended; `url` is the whole address it came back to. */
export const browserOutcomeSchema = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('returned'), url: z.string().max(8192) }),
  z.strictObject({ outcome: z.enum(['cancelled', 'timed_out']) }),
]);
export type BrowserOutcome = z.infer<typeof browserOutcomeSchema>;

/** The only places of the server that the shell opens in a browser; the protocol's `providerSignOutPath` with its ticket. */
export const signOutPathSchema = z.string().regex(/^\/v1\/auth\/oidc\/sign-out\/[\w-]{43}$/);
