import * as z from 'zod';
import { backChannelLogoutSchema, providerSignOutPath } from '#shared/protocol/accounts.ts';
import { noProvider } from './oidcRoutes.ts';
import type { OidcEdges } from './oidcRoutes.ts';
import { parseRequest } from './parseRequest.ts';
import { refuse } from './refuse.ts';
import type { RouteModule } from './routeModule.ts';
import { createAddressGate } from './signInRoutes.ts';

const ticketParameters = z.object({ ticket: z.string().min(1).max(100) });
const longestForm = 64 * 1024;

/** Signing out at the provider too, and hearing from it that somebody signed out there. */
export function oidcSignOutRoutes({ provider }: Pick<OidcEdges, 'provider'>): RouteModule {
  return async (app, gate) => {
    const admitted = createAddressGate();
    app.post('/v1/auth/oidc/sign-out', async (request, reply) => {
      const person = await gate(request, reply);
      if (!person) return reply;
      if (!provider) return refuse(reply, noProvider);
      const ticket = await provider.tickets.issue(person.sessionId);
      return ticket.ok ? ticket.value : refuse(reply, ticket.error);
    });
    app.get(`${providerSignOutPath}:ticket`, async (request, reply) => {
      if (!(await admitted(request, reply))) return reply;
      const parameters = parseRequest(ticketParameters, request.params);
      if (!parameters.ok) return refuse(reply, parameters.error);
      if (!provider) return refuse(reply, noProvider);
      const address = await provider.tickets.redeem(parameters.value.ticket);
      return address.ok ? reply.redirect(address.value) : refuse(reply, address.error);
    });
    // Providers send a form, which no other route takes: pages of other origins can send forms without asking first.
    await app.register(async (forms) => {
      forms.addContentTypeParser(
        'application/x-www-form-urlencoded',
        { parseAs: 'string', bodyLimit: longestForm },
        (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
      );
      forms.post('/v1/auth/oidc/back-channel-logout', async (request, reply) => {
        if (!(await admitted(request, reply))) return reply;
        const body = parseRequest(backChannelLogoutSchema, request.body);
        if (!body.ok) return refuse(reply, body.error);
        if (!provider) return refuse(reply, noProvider);
        const outcome = await provider.logOut(body.value.logout_token);
        return outcome.ok ? outcome.value : refuse(reply, outcome.error);
      });
    });
  };
}
