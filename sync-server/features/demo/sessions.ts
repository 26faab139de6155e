import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { session } from '#shared/resources/access/session.ts';
import { day, hour, iso, minute } from './demoWorld.ts';
import type { DemoWorld } from './demoWorld.ts';
import type { Colleague } from './people.ts';

const devices = ['ThinkPad, Windows 11', 'MacBook Pro, macOS 15', 'Workstation, Ubuntu 24.04', 'Surface, Windows 11'];
const networks = ['office', 'home', 'vpn'];

/** Where people signed in over the last weeks: most still are, at one device; the others signed out or were sent away. */
export function makeSessions(world: DemoWorld, colleagues: readonly Colleague[]): RecordEnvelope[] {
  const { random, options } = world;
  return colleagues.flatMap((person) => {
    const living = makeSession(person, random.integer(1, 40) * day, true);
    const past = Array.from({ length: random.integer(0, 2) }, () =>
      makeSession(person, random.integer(5, 50) * day, false),
    );
    return [living, ...past];
  });

  function makeSession(person: Colleague, age: number, lives: boolean): RecordEnvelope {
    const startedAt = options.now - age - random.integer(0, 5) * hour;
    const lastSeenAt = lives
      ? options.now - random.integer(2, 50) * minute
      : Math.min(startedAt + random.integer(1, 80) * hour, options.now - day);
    return world.record(
      session,
      {
        at: startedAt,
        updatedAt: lastSeenAt,
        status: lives ? 'active' : 'ended',
        assignedTo: person.id,
        by: person.id,
      },
      {
        staffId: person.id,
        clientId: `demo-${random.hex(8)}`,
        device: random.pick(devices),
        appVersion: '0.1.0',
        method: random.pick(['password', 'totp', 'totp'] as const),
        network: random.pick(networks),
        startedAt: iso(startedAt),
        lastSeenAt: iso(lastSeenAt),
        endedAt: lives ? '' : iso(lastSeenAt),
        endReason: lives ? '' : random.pick(['signed_out', 'signed_out', 'revoked', 'password_changed']),
      },
    );
  }
}
