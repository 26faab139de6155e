import { openWorkspace } from '../workspace.ts';
import type { ReplicaParts } from '../replica.ts';
import { createStatusStore } from '../sync/statusStore.ts';
import type { OneSession } from './account.ts';
import type { Departure } from './departure.ts';
import { workspaceOf } from './workspaceName.ts';

/** Milliseconds that whoever enters waits for an answer about others. */
const longestWait = 3000;

/**
 * Asks about the sessions over which somebody signed in, and removes what those left that the server ended. To be called
 * while no workspace is open, since two are more collections than may be open at once. What is not answered is asked again
 * when somebody enters next; nothing here rejects.
 */
export async function askAfterLeft(parts: ReplicaParts, departure: Departure): Promise<void> {
  const { account } = parts;
  const ended = await Promise.all(account.left().map(async (one) => ((await isEnded(parts, one)) ? [one] : [])));
  // One after another: the same limit.
  for (const one of ended.flat()) await remove(parts, departure, one).catch(() => undefined); // Done again next time.
}

async function isEnded({ account, schedule }: ReplicaParts, one: OneSession): Promise<boolean> {
  let stop: (() => void) | undefined;
  const late = new Promise<false>((resolve) => (stop = schedule(longestWait, () => resolve(false))));
  const answered = account.departure(one).then(
    (answer) => answer.ok && answer.value.ended,
    () => false,
  );
  return Promise.race([answered, late]).finally(() => stop?.());
}

async function remove(parts: ReplicaParts, departure: Departure, one: OneSession): Promise<void> {
  const name = await workspaceOf(parts.leftovers, parts.serverUrl, one);
  const status = createStatusStore(parts.serverUrl, parts.clock, parts.schedule);
  const nothing = () => undefined;
  const workspace = await openWorkspace(parts, name, status, nothing, nothing);
  const person = workspace.engine.identity()?.principal.id;
  const theirs = one.staffId === undefined || person === undefined || person === one.staffId;
  if (!theirs || (await departure.isCertain(workspace, one).catch(() => 'unknown')) !== 'yes') return workspace.close();
  await departure.wipeLeft(workspace);
  await parts.account.giveUp(one);
}
