import { expect, it } from 'vitest';
import type { SessionAnswer } from '#shared/protocol/session.ts';
import { createAccount } from './account.ts';
import type { KeptSession } from './account.ts';

const serverUrl = 'http://server.example';
const answerFor = (id: string, token: string, email = `${id}@steward.example`): SessionAnswer => ({
  accessToken: `access ${token}`,
  refreshToken: `refresh ${token}`,
  expiresIn: 900,
  staff: { id, name: id, email, locale: 'en' },
});

/** An account whose server answers when it is told to. */
function open(kept: KeptSession | null = null) {
  const waiting: { path: string; body: string; answer: (given: unknown, status?: number) => void }[] = [];
  const state = { kept, heard: [] as number[] };
  const account = createAccount({
    serverUrl,
    clientId: 'client',
    device: '',
    keeper: {
      load: async () => state.kept,
      save: async (session) => void (state.kept = session),
      clear: async () => void (state.kept = null),
      heard: async (offlineDays) => void state.heard.push(offlineDays),
    },
    clock: () => 0,
    request: (input, init) =>
      new Promise((resolve) => {
        const answer = (given: unknown, status = 200) => resolve(new Response(JSON.stringify(given), { status }));
        const body = typeof init?.body === 'string' ? init.body : '';
        waiting.push({ path: String(input).slice(serverUrl.length), body, answer });
      }),
  });
  return { account, state, waiting };
}

const ada: KeptSession = { refreshToken: 'refresh old', email: 'ada@steward.example', serverUrl };

it('a refresh that answers late does not overwrite the session somebody else began meanwhile', async () => {
  const { account, state, waiting } = open(ada);
  await account.restore();
  const late = account.accessToken();
  await account.adopt(answerFor('ben', 'of ben'));
  waiting[0]?.answer(answerFor('ada', 'of ada'));
  expect(await late).toEqual({ ok: true, value: 'access of ben' });
  expect(await account.accessToken()).toEqual({ ok: true, value: 'access of ben' });
  expect(state.kept).toMatchObject({ refreshToken: 'refresh of ben', email: 'ben@steward.example' });
});

it('a refresh that answers after signing out brings nobody back', async () => {
  const { account, state, waiting } = open(ada);
  await account.restore();
  const late = account.accessToken();
  void account.logout();
  waiting[0]?.answer(answerFor('ada', 'of ada'));
  expect(await late).toMatchObject({ ok: false, error: { code: 'unauthenticated' } });
  expect(state.kept).toBeNull();
});

it('passes on for how long the console may be used without its server; fourteen days where that does not say', async () => {
  const { account, state } = open(ada);
  await account.adopt({ ...answerFor('ada', 'first'), offlineDays: 3 });
  await account.adopt(answerFor('ada', 'second'));
  expect(state.heard).toEqual([3, 14]);
});
