import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Principal } from '#shared/domain/access/principal.ts';

/** Who asks, and in which session. */
export interface SignedIn {
  principal: Principal;
  sessionId: string;
  /** The person proved a moment ago who they are, so dangerous acts are open to them. */
  elevated: boolean;
  address: string;
}

/** Lets signed-in staff through, within their budget of requests. undefined: the request has been refused. */
export type SessionGate = (request: FastifyRequest, reply: FastifyReply) => Promise<SignedIn | undefined>;

/** What an area of the server adds to HTTP. It brings its own parts; the edge brings who asks. */
export type RouteModule = (app: FastifyInstance, gate: SessionGate) => void | Promise<void>;
