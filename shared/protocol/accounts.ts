import * as z from 'zod';

/** Sign-in and accounts over HTTP. Instants are ISO 8601 in UTC; durations are seconds. */

/** What a password may be: as long as a sentence, never one of the common ones. */
export const passwordSchema = z.string().min(1).max(1024);

/** `GET /v1/setup` (anybody): whether the server still waits for its first administrator, and how one may sign in. */
export const setupAnswerSchema = z.object({
  needed: z.boolean(),
  methods: z.object({ password: z.boolean(), oidc: z.object({ name: z.string() }).nullable() }),
});
export type SetupAnswer = z.infer<typeof setupAnswerSchema>;

/** `POST /v1/setup` with the code that the server printed. → `{email}` */
export const setupSchema = z.object({
  code: z.string().min(1).max(100),
  email: z.email().max(320),
  displayName: z.string().min(1).max(200),
  password: passwordSchema,
  locale: z.enum(['en', 'ar', 'fr']).default('en'),
});
export type Setup = z.infer<typeof setupSchema>;

/** That an account is tied to somebody at an OpenID provider, who signs in to it. */
const providerTieSchema = z.object({
  /** What people call the provider; '' = it is not known any more. */
  name: z.string(),
  /** '' = tied by an earlier version. */
  since: z.string(),
});
export type ProviderTie = z.infer<typeof providerTieSchema>;
/** `GET /v1/staff/:id/provider` (staff.manage) → this; null = the account is tied to nobody. */
export const providerAnswerSchema = z.object({ provider: providerTieSchema.nullable() });

/** `GET /v1/account`: what only the person themselves may know of their account. */
export const accountAnswerSchema = z.object({
  id: z.string(),
  email: z.string(),
  sessionId: z.string(),
  hasPassword: z.boolean(),
  passwordChangedAt: z.string(),
  totp: z.boolean(),
  recoveryCodesLeft: z.int(),
  /** Until when dangerous acts need no new proof; '' = they do. */
  elevatedUntil: z.string(),
  provider: providerTieSchema.nullable().default(null),
  /** The provider that this session began at, where one can be signed out there too; '' = there is none. */
  signOutAt: z.string().default(''),
});
export type AccountAnswer = z.infer<typeof accountAnswerSchema>;

/** `POST /v1/auth/reauthenticate` → `{elevatedUntil}`. One of them. */
export const reauthenticateSchema = z.object({
  password: passwordSchema.optional(),
  totp: z.string().max(20).optional(),
});

/** `POST /v1/account/password` → `{ok: true}`; ends the person's other sessions. */
export const changePasswordSchema = z.object({ current: passwordSchema, next: passwordSchema });

/** `POST /v1/account/totp/begin` (elevated) → this; nothing changes before `confirm`. */
export const totpBegunSchema = z.object({ secret: z.string(), uri: z.string() });
/** `POST /v1/account/totp/confirm`, and `POST /v1/account/recovery-codes` (elevated, no body) → `{recoveryCodes}`, told once. */
export const totpConfirmSchema = z.object({ code: z.string().min(6).max(20) });
export const recoveryCodesSchema = z.object({ recoveryCodes: z.array(z.string()) });
/** `DELETE /v1/account/totp` (elevated) → `{ok: true}` */

/** `POST /v1/staff/:id/invitation`, `/password-reset` (staff.manage, elevated) → this. `link` opens the console; told once. */
export const oneTimeLinkSchema = z.object({
  link: z.string(),
  token: z.string(),
  expiresAt: z.string(),
  mailed: z.boolean(),
});
export type OneTimeLink = z.infer<typeof oneTimeLinkSchema>;
/** `DELETE /v1/staff/:id/second-factor`, `POST /v1/staff/:id/unlock` (staff.manage, elevated) → `{ok: true}` */

/** `POST /v1/auth/links/inspect {token}` (anybody who has it) → this. */
export const linkTokenSchema = z.object({ token: z.string().min(1).max(200) });
export const linkAnswerSchema = z.object({
  purpose: z.enum(['invitation', 'password_reset']),
  email: z.string(),
  name: z.string(),
  expiresAt: z.string(),
});
export type LinkAnswer = z.infer<typeof linkAnswerSchema>;
/** `POST /v1/auth/links/redeem` → `{email}`; the person signs in with it next. Ends all their sessions. */
export const redeemLinkSchema = z.object({ token: z.string().min(1).max(200), password: passwordSchema });

/** `POST /v1/sessions/:id/revoke` (one's own, or sessions.manage) → `{ok: true}`; `:id` may be `others`: all of one's own but this. */

/**
 * `POST /v1/auth/oidc/begin` (anybody) → where the system's browser goes, and what `finish` needs. `redirectUri` is
 * `http://127.0.0.1:<port>/callback` (RFC 8252). With `reauthenticate` it is a signed-in person who proves anew who they are.
 */
export const oidcBeginSchema = z.object({
  redirectUri: z.string().regex(/^http:\/\/127\.0\.0\.1:\d{1,5}\/callback$/),
  clientId: z.string().min(1).max(64),
  device: z.string().max(200).default(''),
  reauthenticate: z.boolean().default(false),
});
export const oidcBegunSchema = z.object({ flow: z.string(), authorizationUrl: z.url() });
/**
 * `POST /v1/auth/oidc/finish` → as sign-in answers, or `{elevatedUntil}` where a session proved itself; that one comes with the
 * session's token. `callbackUrl` is the whole address the browser came back to.
 */
export const oidcFinishSchema = z.object({ flow: z.string().min(1).max(200), callbackUrl: z.url().max(8192) });
/**
 * `DELETE /v1/staff/:id/provider` (staff.manage, elevated) and `DELETE /v1/account/provider` (elevated; refused while it is the only
 * way to sign in) → `{ok: true}`; the next sign-in there is matched by address again.
 */

/** Where the browser of a person who signs out at the provider too goes; a ticket that works once follows. */
export const providerSignOutPath = '/v1/auth/oidc/sign-out/';
/** `POST /v1/auth/oidc/sign-out` (signed in) → this. The path is opened in the system's browser, once the session has ended. */
export const providerSignOutSchema = z.object({ path: z.string().regex(/^\/v1\/auth\/oidc\/sign-out\/[\w-]{43}$/) });

/** `POST /v1/auth/oidc/back-channel-logout` (the provider), as a form. → `{ended}`, how many sessions. */
export const backChannelLogoutSchema = z.object({ logout_token: z.string().min(1).max(16_384) });
