import { RateLimiterMemory } from 'rate-limiter-flexible';
import { departureSchema, unsealSchema } from '#shared/protocol/departure.ts';
import type { SealingKeys } from '../features/departure/sealingKeys.ts';
import { parseRequest } from './parseRequest.ts';
import { spend } from './rateLimits.ts';
import { refuse } from './refuse.ts';
import type { RouteModule } from './routeModule.ts';

export interface DepartureEdges {
  serverId: string;
  isSentAway: (refreshToken: string) => Promise<boolean>;
  keys: SealingKeys;
}

/** Questions of one address in a minute. */
const questionsPerAddress = 60;

/** What consoles ask when a session ended: whether it was ended here, and how to seal what its person had not sent. */
export function departureRoutes({ serverId, isSentAway, keys }: DepartureEdges): RouteModule {
  return (app, gate) => {
    const perAddress = new RateLimiterMemory({ points: questionsPerAddress, duration: 60 });
    app.post('/v1/auth/departure', async (request, reply) => {
      if (!(await spend(perAddress, request.ip, 1, reply))) return reply;
      const body = parseRequest(departureSchema, request.body);
      if (!body.ok) return refuse(reply, body.error);
      return { ended: await isSentAway(body.value.refreshToken), serverId };
    });
    app.get('/v1/account/sealing-key', async (request, reply) => {
      const person = await gate(request, reply);
      return person ? { publicKey: await keys.publicKey(person.principal.id) } : reply;
    });
    app.post('/v1/account/unseal', async (request, reply) => {
      const person = await gate(request, reply);
      if (!person) return reply;
      const body = parseRequest(unsealSchema, request.body);
      if (!body.ok) return refuse(reply, body.error);
      const secret = await keys.sharedSecret(person.principal.id, body.value.ephemeralKey);
      return secret.ok ? { sharedSecret: secret.value } : refuse(reply, secret.error);
    });
  };
}
