import { useState } from 'react';
import * as z from 'zod';
import type { Problem } from '#shared/kernel/errors.ts';
import { useReplica } from './useReplica.ts';

const endpointSchema = z.object({ url: z.string(), secret: z.string() });
/** Where a rule's webhook is called, and the secret that signs the calls. The server tells the secret this once. */
export type WebhookEndpoint = z.infer<typeof endpointSchema>;

export interface WebhookEndpointControl {
  /** Made in this visit; a secret of before is not told again. */
  endpoint: WebhookEndpoint | undefined;
  busy: boolean;
  problem: Problem | undefined;
  /** Makes an address and a secret; those of before stop working. */
  create: () => Promise<void>;
  /** The address answers no more. */
  remove: () => Promise<boolean>;
}

/** The inbound webhook of a saved rule; needs a connection. */
export function useWebhookEndpoint(ruleId: string): WebhookEndpointControl {
  const replica = useReplica();
  const [state, setState] = useState<{
    ruleId: string;
    endpoint?: WebhookEndpoint | undefined;
    problem?: Problem | undefined;
    busy: boolean;
  }>({ ruleId, busy: false });
  const path = `/v1/rules/${encodeURIComponent(ruleId)}/webhook`;
  const mine = state.ruleId === ruleId ? state : { ruleId, busy: false };
  return {
    endpoint: mine.endpoint,
    busy: mine.busy,
    problem: mine.problem,
    create: async () => {
      setState({ ...mine, problem: undefined, busy: true });
      const outcome = await replica.call('POST', path);
      const read = outcome.ok ? endpointSchema.safeParse(outcome.value) : undefined;
      if (read?.success) setState({ ruleId, endpoint: read.data, busy: false });
      else setState({ ...mine, busy: false, problem: outcome.ok ? unreadable : outcome.error });
    },
    remove: async () => {
      setState({ ...mine, problem: undefined, busy: true });
      const outcome = await replica.call('DELETE', path);
      setState(outcome.ok ? { ruleId, busy: false } : { ...mine, busy: false, problem: outcome.error });
      return outcome.ok;
    },
  };
}

const unreadable: Problem = {
  code: 'invalid_message',
  message: "The server's answer could not be read. Update the console.",
};
