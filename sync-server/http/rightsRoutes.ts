import type { FastifyRequest } from 'fastify';
import { decideAccess } from '#shared/domain/access/decideAccess.ts';
import type { Principal } from '#shared/domain/access/principal.ts';
import { forbidden } from '#shared/domain/writes/problems.ts';
import { isJsonObject } from '#shared/kernel/json.ts';
import { accessUsesQuerySchema } from '#shared/protocol/accessUses.ts';
import type { AccessUses } from '../features/rights/accessUses.ts';
import { parseRequest } from './parseRequest.ts';
import { refuse } from './refuse.ts';
import type { RouteModule, SignedIn } from './routeModule.ts';
import { signedInOf } from './staffGate.ts';

/** A request that asked for a permission, as it was decided. */
export interface DecidedRequest {
  signedIn: SignedIn;
  permission: string;
  /** Address as it is registered. */
  route: string;
  allowed: boolean;
}

interface RightsEdges {
  uses: Pick<AccessUses, 'list' | 'count'>;
  /** Which permission a route asks for; undefined = none, or one that depends on what is asked about. */
  permissionOf: (method: string, route: string) => string | undefined;
  onDecided: (request: DecidedRequest) => void;
}

/** How people used their rights, and what of it goes over HTTP. */
export function rightsRoutes({ uses, permissionOf, onDecided }: RightsEdges): RouteModule {
  return (app, gate) => {
    app.get('/v1/access-uses', async (request, reply) => {
      const signedIn = await gate(request, reply);
      if (!signedIn) return reply;
      if (!mayAsk(signedIn.principal)) return refuse(reply, forbidden('roles.view'));
      const query = parseRequest(accessUsesQuerySchema, request.query);
      if (!query.ok) return refuse(reply, query.error);
      const { since, before, limit } = query.value;
      return uses.list({ since, before, limit });
    });
    app.addHook('onSend', async (request, reply, payload) => {
      const signedIn = signedInOf(request);
      if (signedIn) decidedOf(request, reply.statusCode, payload, signedIn);
      return payload;
    });
  };

  function decidedOf(request: FastifyRequest, status: number, payload: unknown, signedIn: SignedIn): void {
    const route = request.routeOptions.url ?? '';
    const asked = permissionOf(request.method, route);
    if (status < 400 && asked !== undefined) onDecided({ signedIn, permission: asked, route, allowed: true });
    if (status !== 403) return;
    const refused = refusalIn(payload);
    if (refused.code !== 'forbidden') return;
    onDecided({ signedIn, permission: refused.permission ?? asked ?? '', route, allowed: false });
  }
}

/** Uses are of people and of all tenants, so only who sees roles everywhere may ask. */
function mayAsk(principal: Principal): boolean {
  return decideAccess(principal, 'roles.view', { tenantId: '' }).allowed;
}

function refusalIn(payload: unknown): { code?: string; permission?: string } {
  if (typeof payload !== 'string') return {};
  const body: unknown = JSON.parse(payload);
  const error = isJsonObject(body) ? body['error'] : undefined;
  if (!isJsonObject(error) || typeof error['code'] !== 'string') return {};
  const details = error['details'];
  const permission = isJsonObject(details) ? details['permission'] : undefined;
  return { code: error['code'], ...(typeof permission === 'string' ? { permission } : {}) };
}
