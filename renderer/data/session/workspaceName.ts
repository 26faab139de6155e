import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { OneSession } from './account.ts';
import type { Leftovers } from './leftovers.ts';

const hashOf = (text: string) => bytesToHex(sha256(utf8ToBytes(text))).slice(0, 24);
const nameShape = /^steward-[0-9a-f]{24}$/;

/** Under which name it is kept which file is a person's: it says nothing of them. */
const noteOf = (serverUrl: string, staffId: string) => `person-${hashOf(`${serverUrl}|${staffId}`)}`;

/** The file of a person on one server. It stays theirs when their e-mail address changes. */
export async function workspaceOf(leftovers: Leftovers, serverUrl: string, session: OneSession): Promise<string> {
  const noted = session.staffId === undefined ? '' : await leftovers.load(noteOf(serverUrl, session.staffId));
  return nameShape.test(noted) ? noted : `steward-${hashOf(`${serverUrl}|${session.email.toLowerCase()}`)}`;
}

/** The file of somebody whose e-mail address was another person's before, whose file has the usual name. */
export const workspaceApart = (serverUrl: string, staffId: string): string =>
  `steward-${hashOf(`${serverUrl}|staff|${staffId}`)}`;

/** Remembers which file is a person's. */
export async function noteWorkspace(
  leftovers: Leftovers,
  serverUrl: string,
  staffId: string,
  workspace: string,
): Promise<void> {
  const note = noteOf(serverUrl, staffId);
  if ((await leftovers.load(note)) !== workspace) await leftovers.save(note, workspace);
}
