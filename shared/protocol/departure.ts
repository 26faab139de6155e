import * as z from 'zod';

/** What a console asks before it removes what it holds of somebody whose session was ended, and after they came back. */

/** `POST /v1/auth/departure {refreshToken}` (anybody who has it) → this. */
export const departureSchema = z.object({ refreshToken: z.string().min(1).max(1024) });
export const departureAnswerSchema = z.object({
  /** True only for a session this server knows and has ended, or whose person it no longer lets in. */
  ended: z.boolean(),
  serverId: z.string(),
});

/** A point of P-256 (SEC 1, uncompressed), base64. */
const pointSchema = z.base64().length(88);
/** `GET /v1/account/sealing-key` → the person's key: what is sealed with it only this server can open. */
export const sealingKeySchema = z.object({ publicKey: pointSchema });
/** `POST /v1/account/unseal` with the key that was made for one sealing → the secret both share. */
export const unsealSchema = z.object({ ephemeralKey: pointSchema });
export const unsealedSchema = z.object({ sharedSecret: z.base64().length(44) });
