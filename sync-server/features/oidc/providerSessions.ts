import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Json } from '#shared/kernel/json.ts';
import type { StoreReader, SyncStore } from '../../storage/store.ts';
import { subjectKey } from './subjects.ts';
import type { Subject } from './subjects.ts';

/** What a sign-in at the provider leaves with the session that began by it. */
export interface ProviderSession extends Subject {
  staffId: string;
  /** The provider's name for the sign-in; '' = it told none. */
  sid: string;
  /** To sign the person out there too; '' = the provider offers no such thing. */
  idToken: string;
}

/** The part of a group commit that is needed here; entries are seen as the commit will leave them. */
export interface EntryBatch {
  entriesOf: (area: string, range: { prefix?: string; limit: number }) => Promise<{ key: string; value: Json }[]>;
  putEntry: (area: string, key: string, value: Json, expiresAt?: number) => void;
}

export interface ProviderSessions {
  /** To be stored with the commit that begins the session. */
  keep: (batch: EntryBatch, sessionId: string, given: ProviderSession) => void;
  /** Sessions here that began by a sign-in (`sid`), or by any of a person; where both are given, both must fit. */
  begunBy: (batch: EntryBatch, named: Subject & { sid: string }) => Promise<string[]>;
  /** The ID token of a session's sign-in; undefined = there is none that could be used. */
  idTokenOf: (sessionId: string) => Promise<string | undefined>;
  /** For sessions that are over: nothing of them is needed any more. */
  forget: (sessionIds: readonly string[]) => Promise<void>;
  /** Forgets what was left behind by sessions that ended while nobody listened. */
  sweep: () => Promise<void>;
}

interface ProviderSessionsParts {
  store: SyncStore;
  sealer: { seal: (name: string, text: string) => Json; open: (name: string, sealed: unknown) => string | undefined };
}

const bySession = 'oidc.session';
const bySubject = 'oidc.session.subject';
const bySid = 'oidc.session.sid';
const keptSchema = z.object({ subject: z.string(), sid: z.string(), hint: z.unknown() });
const sealedAs = (sessionId: string) => `ID token of ${sessionId}`;
const sidKey = (issuer: string, sid: string) =>
  createHash('sha256')
    .update(JSON.stringify([issuer, sid]))
    .digest('hex');
const atOnce = 500;

/** Which sessions began by which sign-in at the provider. Whom the provider means is kept as hashes, its tokens sealed. */
export function createProviderSessions({ store, sealer }: ProviderSessionsParts): ProviderSessions {
  const forget: ProviderSessions['forget'] = (sessionIds) =>
    store.transaction(async (transaction) => {
      const kept = await transaction.getEntries(bySession, sessionIds);
      for (const [id, value] of kept) {
        const { subject, sid } = keptSchema.parse(value);
        await transaction.removeEntries([
          { area: bySession, key: id },
          { area: bySubject, key: `${subject}|${id}` },
          { area: bySid, key: `${sid}|${id}` },
        ]);
      }
    });
  const named = async (batch: EntryBatch, area: string, key: string): Promise<string[]> => {
    const found = await batch.entriesOf(area, { prefix: `${key}|`, limit: Number.MAX_SAFE_INTEGER });
    return found.map((entry) => entry.key.slice(key.length + 1));
  };
  return {
    forget,
    keep: (batch, sessionId, { staffId, issuer, subject, sid, idToken }) => {
      const [ofSubject, ofSid] = [subjectKey({ issuer, subject }), sid === '' ? '' : sidKey(issuer, sid)];
      const hint = idToken === '' ? null : sealer.seal(sealedAs(sessionId), idToken);
      // Whoever erases the person finds by `staffId` what is theirs.
      batch.putEntry(bySession, sessionId, { staffId, subject: ofSubject, sid: ofSid, hint });
      batch.putEntry(bySubject, `${ofSubject}|${sessionId}`, { staffId });
      if (ofSid !== '') batch.putEntry(bySid, `${ofSid}|${sessionId}`, { staffId });
    },
    begunBy: async (batch, { issuer, subject, sid }) => {
      const ofPerson = subject === '' ? undefined : await named(batch, bySubject, subjectKey({ issuer, subject }));
      if (sid === '') return ofPerson ?? [];
      const ofSignIn = await named(batch, bySid, sidKey(issuer, sid));
      return ofPerson ? ofSignIn.filter((id) => ofPerson.includes(id)) : ofSignIn;
    },
    idTokenOf: async (sessionId) => {
      const kept = keptSchema.safeParse((await store.getEntries(bySession, [sessionId])).get(sessionId));
      return kept.success && kept.data.hint !== null ? sealer.open(sealedAs(sessionId), kept.data.hint) : undefined;
    },
    sweep: async () => {
      let after = '';
      for (;;) {
        const page = await store.entriesOf(bySession, { after, limit: atOnce });
        const over = await idsOver(
          store,
          page.map(({ key }) => key),
        );
        if (over.length > 0) await forget(over);
        after = page.at(-1)?.key ?? after;
        if (page.length < atOnce) return;
      }
    },
  };
}

async function idsOver(store: StoreReader, sessionIds: readonly string[]): Promise<string[]> {
  const over: string[] = [];
  for (const id of sessionIds) {
    const session = await store.getSession(id);
    if (!session || session.revokedAt !== 0) over.push(id);
  }
  return over;
}
