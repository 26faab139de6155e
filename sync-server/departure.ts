import type { Area, AreaParts } from './area.ts';
import { isSentAway } from './features/departure/departures.ts';
import { createSealingKeys } from './features/departure/sealingKeys.ts';
import { departureRoutes } from './http/departureRoutes.ts';

/** What a console needs of the server when a session was ended: certainty, and a key for what was not sent. */
export function createDeparture({ store, principals, serverId }: AreaParts): Area {
  const isActive = (staffId: string) => principals.account(staffId) !== undefined;
  const edges = {
    serverId,
    isSentAway: (refreshToken: string) => isSentAway(store, isActive, refreshToken),
    keys: createSealingKeys(store),
  };
  return { modules: [departureRoutes(edges)], start: async () => undefined, stop: async () => undefined };
}
