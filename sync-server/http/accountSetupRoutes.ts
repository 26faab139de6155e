import type { FastifyInstance } from 'fastify';
import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import type { Result } from '#shared/kernel/result.ts';
import { setupSchema } from '#shared/protocol/accounts.ts';
import type { Setup, SetupAnswer } from '#shared/protocol/accounts.ts';
import { parseRequest } from './parseRequest.ts';
import { refuse } from './refuse.ts';
import type { RouteModule } from './routeModule.ts';
import { createAddressGate, refuseAttempt } from './signInRoutes.ts';

export interface SetupEdges {
  needed: () => boolean;
  methods: SetupAnswer['methods'];
  /** Makes the first administrator. Refused once there is somebody, and for a wrong code. */
  setUp: (given: Setup, address: string) => Promise<Result<{ email: string }, Problem>>;
}

/** How a server without staff gets its first administrator, and how one may sign in. */
export function accountSetupRoutes({ needed, methods, setUp }: SetupEdges): RouteModule {
  return (app: FastifyInstance) => {
    const admitted = createAddressGate();
    app.get('/v1/setup', async (request, reply) => {
      if (!(await admitted(request, reply))) return reply;
      const answer: SetupAnswer = { needed: needed(), methods };
      return answer;
    });
    app.post('/v1/setup', async (request, reply) => {
      if (!(await admitted(request, reply))) return reply;
      if (!needed()) return refuse(reply, setUpAlready);
      const body = parseRequest(setupSchema, request.body);
      if (!body.ok) return refuse(reply, body.error);
      const outcome = await setUp(body.value, request.ip);
      return outcome.ok ? outcome.value : refuseAttempt(reply, outcome.error);
    });
  };
}

export const setUpAlready: Problem = problemOf('gone', saying('set_up_already'));
