import * as z from 'zod';
import type { StewardBridge } from '#shared/ipc/bridge.ts';
import type { PageLocale } from '#shared/ipc/signIn.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import type { Json } from '#shared/kernel/json.ts';
import type { Result } from '#shared/kernel/result.ts';
import { oidcBegunSchema } from '#shared/protocol/accounts.ts';
import { sessionAnswerSchema } from '#shared/protocol/session.ts';
import type { SessionAnswer } from '#shared/protocol/session.ts';

/** What signing in at the server's OpenID provider needs of the console. */
export interface ProviderVisit {
  browser: StewardBridge['signIn'];
  /** Posts to the server: as nobody to sign in, as who is signed in to prove that. */
  post: (path: string, body: Json) => Promise<Result<Json, Problem>>;
  clientId: string;
  device: string;
  /** Of the page that the browser shows at the end. */
  locale: PageLocale;
  /** The provider's page, once it is known; `opened` is false where no browser was found. */
  onPage: (page: { address: string; opened: boolean }) => void;
}

/** The person may also turn back, or not come back at all. */
export type VisitOutcome<Answer> =
  | { outcome: 'done'; answer: Answer }
  | { outcome: 'cancelled' | 'timed_out' }
  | { outcome: 'refused'; problem: Problem };

/** A session by way of the person's own browser. The server does what OpenID asks of a client; here only addresses pass. */
export function signInAtProvider(visit: ProviderVisit): Promise<VisitOutcome<SessionAnswer>> {
  return visitProvider(visit, false, sessionAnswerSchema);
}

const provedSchema = z.object({ elevatedUntil: z.string() });

/** Proves for the session of the moment that it is still its person who uses it. */
export function proveAtProvider(visit: ProviderVisit): Promise<VisitOutcome<z.infer<typeof provedSchema>>> {
  return visitProvider(visit, true, provedSchema);
}

async function visitProvider<Answer>(
  { browser, post, clientId, device, locale, onPage }: ProviderVisit,
  reauthenticate: boolean,
  schema: z.ZodType<Answer>,
): Promise<VisitOutcome<Answer>> {
  const { redirectUri } = await browser.listen(locale);
  try {
    const begun = await post('/v1/auth/oidc/begin', { redirectUri, clientId, device, reauthenticate });
    if (!begun.ok) return { outcome: 'refused', problem: begun.error };
    const flow = oidcBegunSchema.safeParse(begun.value);
    if (!flow.success) return { outcome: 'refused', problem: unreadable };
    const address = flow.data.authorizationUrl;
    onPage({ address, ...(await browser.open(address)) });
    const returned = await browser.outcome();
    if (returned.outcome !== 'returned') return returned;
    const finished = await post('/v1/auth/oidc/finish', { flow: flow.data.flow, callbackUrl: returned.url });
    if (!finished.ok) return { outcome: 'refused', problem: finished.error };
    const answer = schema.safeParse(finished.value);
    return answer.success ? { outcome: 'done', answer: answer.data } : { outcome: 'refused', problem: unreadable };
  } finally {
    await browser.cancel();
  }
}

const unreadable: Problem = problemOf('invalid_message', saying('answer_not_readable'));
