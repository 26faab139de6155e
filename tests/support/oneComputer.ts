import { createReplica } from '#renderer/data/replica.ts';
import { createAccount } from '#renderer/data/session/account.ts';
import type { KeptSession } from '#renderer/data/session/account.ts';
import type { Leftovers } from '#renderer/data/session/leftovers.ts';
import { chooseStorage } from '#renderer/data/storage/chooseStorage.ts';
import { createSeededRandom } from '#server/features/demo/seededRandom.ts';
import { createUuidV7Source } from '#shared/kernel/uuidV7.ts';
import type { SessionAnswer } from '#shared/protocol/session.ts';
import { openBareInstances } from './bareInstances.ts';
import { startEngine } from './engineInProcess.ts';
import { makeGrant, makePrincipal } from './sampleResource.ts';
import { createVirtualServer } from './virtualServer.ts';
import { createVirtualTime } from './virtualTime.ts';
import type { StorageInstances } from '#renderer/data/storage/openDatabase.ts';

const serverUrl = 'http://server.example';

/** One computer that several people use one after another; what survives a restart is in `disk`. */
export function startComputer(wrapped: (instances: StorageInstances) => StorageInstances = (instances) => instances) {
  const random = createSeededRandom(7);
  const time = createVirtualTime(Date.parse('2026-03-01T08:00:00.000Z'));
  const newId = createUuidV7Source(time.now, random.bytes);
  const people = ['ada', 'ben'].map((id) => makePrincipal([makeGrant(['*'])], { id, name: id }));
  const server = createVirtualServer(time, newId, people);
  const engine = startEngine('node');
  const storage = chooseStorage(engine.connect);
  const sealed = new Map<string, string>();
  const owners: string[] = [];
  const forgotten: string[] = [];
  const disk = { kept: null as KeptSession | null };
  const ended = new Set<string>();
  const asked: string[] = [];
  const leftovers: Leftovers = {
    save: async (name, text) => void sealed.set(name, text),
    load: async (name) => sealed.get(name) ?? '',
    belongTo: (workspace) => void owners.push(workspace),
    drafts: () => ({}),
    putDrafts: () => undefined,
    forgetDrafts: (workspace) => void forgotten.push(workspace),
    clean: () => undefined,
    cleaned: () => [],
    cleanedTold: () => undefined,
    forget: async () => undefined,
  };
  /** As the server answers about sessions; tokens name their person. */
  const request: typeof fetch = async (address, init) => {
    if (!String(address).endsWith('/v1/auth/departure')) return new Response('{}', { status: 503 });
    const { refreshToken } = JSON.parse(typeof init?.body === 'string' ? init.body : '{}') as { refreshToken: string };
    asked.push(refreshToken);
    return new Response(JSON.stringify({ ended: ended.has(refreshToken), serverId: server.serverId }));
  };
  const open = () =>
    createReplica({
      serverUrl,
      clientId: 'client',
      appVersion: '0',
      account: createAccount({
        serverUrl,
        clientId: 'client',
        device: '',
        keeper: {
          load: async () => disk.kept,
          save: async (session) => void (disk.kept = session),
          clear: async () => void (disk.kept = null),
        },
        clock: () => 0,
        request,
      }),
      leftovers,
      openLink: (auth, handlers) => server.lineFor(auth.token, () => [3])(auth, handlers),
      openStorage: async (name) => wrapped(await openBareInstances(name, storage)),
      clock: time.now,
      newId,
      random: random.fraction,
      pause: () => Promise.resolve(),
      schedule: time.schedule,
    });
  return { time, engine, open, disk, ended, asked, owners, forgotten };
}

/** As the server answers a sign-in; the token is the person's id. */
export const answerFor = (id: string, email = `${id}@steward.example`): SessionAnswer => ({
  accessToken: id,
  refreshToken: `refresh ${id}`,
  expiresIn: 3600,
  staff: { id, name: id, email, locale: 'en' },
});
