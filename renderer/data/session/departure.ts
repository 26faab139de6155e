import type { Json } from '#shared/kernel/json.ts';
import { sealingKeySchema, unsealedSchema } from '#shared/protocol/departure.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import { failure, success } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';
import { witnessFact } from '../audit/witness.ts';
import type { Workspace } from '../workspace.ts';
import type { Account, OneSession } from './account.ts';
import { headsName, parseUnsentWork } from './leftovers.ts';
import type { Leftovers, UnsentWork } from './leftovers.ts';
import { seal, unseal } from './unsentSeal.ts';

/** A session that the server ended: whether that is certain, and what happens on this computer then. */
export interface Departure {
  /**
   * Asks the server whether it ended the session. 'yes' only from the server this replica came from, naming a session it
   * knows: never because of a network, a certificate, a proxy, an error, or another server at the same address.
   */
  isCertain: (workspace: Workspace, left?: OneSession) => Promise<'yes' | 'no' | 'unknown'>;
  /** Removes everything of the person from this computer; what was not sent is sealed for their return. Answers how many. */
  wipe: (workspace: Workspace) => Promise<number>;
  /** The same for somebody over whose session another person signed in: what is of that one stays. */
  wipeLeft: (workspace: Workspace) => Promise<void>;
  /** Keeps the ends of the audit log's chains that were witnessed, for whenever the person is back. */
  keepHeads: (workspace: Workspace) => Promise<void>;
  /** After a greeting: fetches the key for a later sealing, and opens what was sealed. */
  greeted: (workspace: Workspace, call: ServerQuestion) => Promise<void>;
}

export type ServerQuestion = (method: 'GET' | 'POST', path: string, body?: Json) => Promise<Result<Json, Problem>>;

const fact = 'sealingKey';

export function createDeparture(account: Account, leftovers: Leftovers): Departure {
  // They stay: neither a server that sends people away nor a person who leaves is to cost it its witnesses.
  const keepHeads: Departure['keepHeads'] = async (workspace) => {
    const heads = await workspace.fact(witnessFact);
    if (heads !== undefined) await leftovers.save(headsName(workspace.name), JSON.stringify(heads));
  };
  /** The session is not touched: while it is kept, an interrupted wipe is done again. */
  const sealAndRemove = async (workspace: Workspace): Promise<number> => {
    const work: UnsentWork = { entries: workspace.unsentWork(), drafts: leftovers.drafts(workspace.name) };
    const identity = workspace.engine.identity();
    const key = sealingKeySchema.safeParse(await workspace.fact(fact)).data;
    const something = work.entries.length > 0 || Object.keys(work.drafts).length > 0;
    // Without a key it cannot be kept unreadable, and readable it must not stay.
    const sealedHere = something && identity !== undefined && key !== undefined;
    if (sealedHere) {
      const sealed = await seal(JSON.stringify(work), key.publicKey, identity.serverId);
      const before = await leftovers.load(workspace.name);
      await leftovers.save(workspace.name, before === '' ? sealed : `${before}\n${sealed}`);
    }
    await keepHeads(workspace);
    await workspace.remove();
    leftovers.forgetDrafts(workspace.name);
    return sealedHere ? work.entries.length : 0;
  };
  return {
    keepHeads,
    isCertain: async (workspace, left) => {
      const answer = await account.departure(left);
      if (!answer.ok) return 'unknown';
      const known = workspace.engine.identity()?.serverId;
      return answer.value.ended && (known === undefined || known === answer.value.serverId) ? 'yes' : 'no';
    },
    wipe: async (workspace) => {
      const sealed = await sealAndRemove(workspace);
      await leftovers.forget();
      await account.forget();
      return sealed;
    },
    wipeLeft: async (workspace) => void (await sealAndRemove(workspace)),
    greeted: async (workspace, call) => {
      const identity = workspace.engine.identity();
      if (!identity) return;
      if (!sealingKeySchema.safeParse(await workspace.fact(fact)).success) {
        const answer = await call('GET', '/v1/account/sealing-key');
        if (answer.ok && sealingKeySchema.safeParse(answer.value).success) await workspace.putFact(fact, answer.value);
      }
      const sealed = await leftovers.load(workspace.name);
      if (sealed === '') return;
      const remaining: string[] = [];
      for (const line of sealed.split('\n')) {
        const opened = await unseal(line, identity.serverId, async (ephemeralKey) => {
          const answer = await call('POST', '/v1/account/unseal', { ephemeralKey });
          if (!answer.ok) return answer;
          const secret = unsealedSchema.safeParse(answer.value);
          return secret.success ? success(secret.data.sharedSecret) : failure(malformed);
        });
        if (opened.ok) {
          const work = parseUnsentWork(opened.value);
          await workspace.takeBack(work.entries);
          leftovers.putDrafts(work.drafts);
        } else remaining.push(line);
      }
      await leftovers.save(workspace.name, remaining.join('\n'));
    },
  };
}

const malformed: Problem = problemOf('invalid_message', saying('answer_not_readable'));
