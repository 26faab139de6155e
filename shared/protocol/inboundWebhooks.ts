import * as z from 'zod';

/** Answer of `POST /v1/rules/:id/webhook`; both are told this once. */
export const webhookEndpointSchema = z.object({
  /** Where calls go; without a server and port when the server does not know its own address. */
  url: z.string(),
  /** `whsec_` and base64, as Standard Webhooks has it. */
  secret: z.string(),
});
export type WebhookEndpoint = z.infer<typeof webhookEndpointSchema>;

/** Answer of `POST /v1/hooks/:ruleId/:token`. */
export const webhookReceiptSchema = z.object({ id: z.string(), status: z.enum(['stored', 'duplicate']) });
export type WebhookReceipt = z.infer<typeof webhookReceiptSchema>;
