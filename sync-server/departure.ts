import type { Area, AreaParts } from './area.ts';
import { isSentAway } from './features/departure/departures.ts';
import { createSealingKeys } from './features/departure/sealingKeys.ts';
import { createSealer } from './features/secrets/sealedValue.ts';
import { thoseWhoLeft } from './features/signIn/hasLeft.ts';
import { endReasonOf } from './features/signIn/sessions.ts';
import { departureRoutes } from './http/departureRoutes.ts';
import { loadServerKey } from './serverKey.ts';

/** What a console needs of the server when a session was ended: certainty, and a key for what was not sent. */
export function createDeparture({ options, store, serverId }: Pick<AreaParts, 'options' | 'store' | 'serverId'>): Area {
  const hasLeft = async (staffId: string) => (await thoseWhoLeft(store, [staffId])).has(staffId);
  const asked = { store, hasLeft, endReasonOf: (sessionId: string) => endReasonOf(store, sessionId) };
  const edges = {
    serverId,
    isSentAway: (refreshToken: string) => isSentAway(asked, refreshToken),
    keys: createSealingKeys({ store, sealer: createSealer(loadServerKey(options)) }),
  };
  return { modules: [departureRoutes(edges)], start: async () => undefined, stop: async () => undefined };
}
