import { useState } from 'react';
import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import { webhookEndpointSchema } from '#shared/protocol/inboundWebhooks.ts';
import type { WebhookEndpoint } from '#shared/protocol/inboundWebhooks.ts';
import { useReplica } from './useReplica.ts';

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
      const read = outcome.ok ? webhookEndpointSchema.safeParse(outcome.value) : undefined;
      if (read?.success) setState({ ruleId, endpoint: withServer(read.data, replica.status().serverUrl), busy: false });
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

/** The server may not know its own address; the console knows where it reached it. */
function withServer(endpoint: WebhookEndpoint, serverUrl: string): WebhookEndpoint {
  return { ...endpoint, url: new URL(endpoint.url, serverUrl).href };
}

const unreadable: Problem = problemOf('invalid_message', saying('answer_not_readable'));
