import type { FastifyInstance } from 'fastify';
import { addApiKeyRoutes } from './apiKeyRoutes.ts';
import { addEngineRoutes } from './engineRoutes.ts';
import type { EngineEdges } from './engineRoutes.ts';
import { addEventRoutes } from './eventRoutes.ts';
import type { CountEvent, EventEdges } from './eventRoutes.ts';
import { addInboundWebhookRoutes } from './inboundWebhookRoutes.ts';
import type { InboundEdges } from './inboundWebhookRoutes.ts';
import type { Metrics } from './metrics.ts';
import type { Rates } from './rateLimits.ts';
import { addSecretRoutes } from './secretRoutes.ts';
import type { SecretEdges } from './secretRoutes.ts';
import type { StaffGate } from './staffGate.ts';
import { addWebhookEndpointRoutes } from './webhookEndpointRoutes.ts';
import type { EndpointEdges } from './webhookEndpointRoutes.ts';

/** What the routes of automation are given. */
export type AutomationEdges = EventEdges & InboundEdges & EndpointEdges & SecretEdges & EngineEdges;

/** Events in, keys and addresses for them, secrets of steps, and how the engine is doing. */
export async function addAutomationRoutes(
  app: FastifyInstance,
  gate: StaffGate,
  edges: AutomationEdges,
  rates: Rates,
  { eventsReceived }: Pick<Metrics, 'eventsReceived'>,
): Promise<void> {
  const count: CountEvent = (source, outcome) => eventsReceived.inc({ source, outcome });
  addEventRoutes(app, edges, rates.events, count);
  addApiKeyRoutes(app, gate, edges.apiKeys);
  await addInboundWebhookRoutes(app, edges, rates.calls, count);
  addWebhookEndpointRoutes(app, gate, edges);
  addSecretRoutes(app, gate, edges);
  addEngineRoutes(app, gate, edges);
}
