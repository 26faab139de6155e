import { pullAnswerSchema } from '#shared/protocol/messages.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import type { ReplicatedCollection } from '#shared/records/collections.ts';
import type { LocalData } from '../storage/localData.ts';
import type { DocumentWriter } from './documentWriter.ts';
import type { Link } from './transport.ts';
import type { CollectionState } from './collectionState.ts';

export interface PullContext {
  collection: ReplicatedCollection;
  data: LocalData;
  writer: DocumentWriter;
  link: Link;
  state: () => CollectionState;
  saveState: (state: CollectionState) => Promise<void>;
  /** The sequence that the server greeted with on this connection. */
  greeting: number;
  /** Start of the collection's window, ISO 8601; undefined = everything is wanted. */
  since: string | undefined;
  /** Rises whenever what is stored stops being trusted, also while a pull runs. */
  doubts: () => number;
  /** Rises whenever the person's rights change: what was asked under the old ones is not written any more. */
  rights: () => number;
  onProgress: (progress: { received: number; remaining: number | undefined }) => void;
  pause: () => Promise<void>;
}

/** The server answered a request with a refusal. */
export class RefusedRequest extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.message);
    this.name = 'RefusedRequest';
    this.problem = problem;
  }
}

const pageSize = 1000;
const sweepPage = 20_000;
/** Each checkpoint is a transaction of its own. */
const pagesPerCheckpoint = 5;

/**
 * Pulls until nothing is left. The checkpoint is saved only after everything below it is stored, so any failure between
 * repeats a page instead of skipping it. Asks for the next page while one is written. Answers false when rights changed on the
 * way: then it is to begin again where it was.
 */
export async function pullCollection(context: PullContext): Promise<boolean> {
  const { collection, link, writer, saveState } = context;
  const start = context.state();
  const doubts = context.doubts();
  const rights = context.rights();
  const seen = start.sweep ? new Set<string>() : undefined;
  let checkpoint = start.sweep ? null : start.checkpoint;
  let received = 0;
  let pages = 0;
  // Later pulls name no window: a record changed by a clock that runs behind has to come all the same.
  const first = start.sweep || !start.complete;
  const window = first && context.since !== undefined ? { since: context.since } : {};
  const ask = (from: number | null) =>
    link.request('pull', { collection, checkpoint: from === null ? null : { seq: from }, limit: pageSize, ...window });
  let answer = ask(checkpoint);
  for (;;) {
    const parsed = pullAnswerSchema.safeParse(await answer);
    if (context.rights() !== rights) return false;
    if (!parsed.success) throw malformedAnswer('pull');
    if (!parsed.data.ok) {
      if (parsed.data.error.code !== 'checkpoint_expired') throw new RefusedRequest(parsed.data.error);
      await saveState({ ...context.state(), sweep: true });
      return pullCollection(context);
    }
    const { documents, more, remaining } = parsed.data;
    const next = parsed.data.checkpoint.seq;
    if (more) {
      answer = ask(next);
      answer.catch(() => undefined); // Awaited in the next round; a failure of the write below must not leave it unhandled.
    }
    const ids = await writer.write(documents, seen !== undefined);
    for (const id of ids) seen?.add(id);
    received += documents.length;
    checkpoint = next;
    // During a sweep the old checkpoint stays: a crash begins the sweep again. Otherwise it repeats a few pages at most.
    pages += 1;
    if (!seen && more && pages % pagesPerCheckpoint === 0) await saveState({ ...context.state(), checkpoint });
    context.onProgress({ received, remaining: more ? remaining : 0 });
    if (!more) break;
    await context.pause();
  }
  if (context.rights() !== rights) return false;
  if (seen) await removeUnseen(context, seen);
  const since = first ? (context.since ?? '') : context.state().since;
  await saveState({
    checkpoint,
    sweep: context.doubts() !== doubts,
    complete: true,
    since,
    greeting: context.greeting,
  });
  return true;
}

/** What a full pull did not bring is no longer there for this person. Unsent edits stay: the server decides about them. */
async function removeUnseen(
  { collection, data, writer, pause }: PullContext,
  seen: ReadonlySet<string>,
): Promise<void> {
  let after = '';
  for (;;) {
    const page = await data.store.ids(collection, { after, limit: sweepPage });
    const gone = page.filter((id) => !seen.has(id));
    await removeInParts(gone, writer, pause);
    const last = page.at(-1);
    if (!last || page.length < sweepPage) break;
    after = last;
    await pause();
  }
  await writer.forgetInvalid(seen);
}

/** Removes records a little at a time, so that the window stays free. */
export async function removeInParts(
  ids: readonly string[],
  writer: DocumentWriter,
  pause: () => Promise<void>,
): Promise<void> {
  for (let from = 0; from < ids.length; from += pageSize) {
    await writer.remove(ids.slice(from, from + pageSize));
    await pause();
  }
}

export function malformedAnswer(event: string): RefusedRequest {
  return new RefusedRequest(problemOf('invalid_message', saying('answer_not_fitting', { event })));
}
