import type { SubjectSpec } from '#shared/domain/privacy/subject.ts';
import { readCleaned, withoutPerson } from './cleanDrafts.ts';
import type { Leftovers } from './leftovers.ts';
import { personChanged } from './personChanged.ts';

/** Keys of this window's storage that hold what a person typed; how the console looks and speaks is nobody's secret. */
const kept = new Set(['steward.language', 'steward.density']);
const isPersonal = (key: string) => key.startsWith('steward.') && !kept.has(key);

/** Names the workspace that the personal keys belong to. */
const ownerKey = 'steward-owner';
/** Notes about drafts that an erasure changed; moves with its person like the drafts. */
const cleanedKey = 'steward.cleaned';
/** Keys of a workspace that is not the one of the moment. */
const asideOf = (workspace: string) => `steward-of.${workspace}.`;

/** What stands before a personal key when it is put aside ('' = it is not), and the key. */
const partsOf = (stored: string): string[] => /^(steward-of\..*?\.)?(steward\..*)$/u.exec(stored)?.slice(1) ?? [];

function move(from: string, to: string): void {
  const value = localStorage.getItem(from);
  localStorage.removeItem(from);
  if (value !== null) localStorage.setItem(to, value);
}

/** What the window and the shell keep of a person beside the replica. */
export function createWindowLeftovers(): Leftovers {
  const keys = () => Object.keys(localStorage).filter(isPersonal);
  const keysAside = (workspace: string) =>
    Object.keys(localStorage).filter((key) => key.startsWith(asideOf(workspace)));
  const owner = () => localStorage.getItem(ownerKey);
  const { sealed, session } = window.steward;
  const forgetHere = () => {
    for (const key of keys()) localStorage.removeItem(key);
    personChanged();
  };
  /** Of this window's time: an editor that is open may write again what it holds in memory. */
  const erasedHere: SubjectSpec[] = [];
  const cleanAll = (erased: SubjectSpec) => {
    for (const stored of Object.keys(localStorage)) {
      const [aside = '', key = ''] = partsOf(stored);
      const text = localStorage.getItem(stored);
      if (!isPersonal(key) || key === cleanedKey || text === null) continue;
      const kept = withoutPerson(key, text, erased);
      if (kept === text) continue;
      const notes = readCleaned(localStorage.getItem(`${aside}${cleanedKey}`)).filter((one) => one.key !== key);
      notes.push({ key, outcome: kept === undefined ? 'removed' : 'replaced' });
      // The note first: whoever is told of something that was not done yet loses nothing.
      localStorage.setItem(`${aside}${cleanedKey}`, JSON.stringify(notes));
      if (kept === undefined) localStorage.removeItem(stored);
      else localStorage.setItem(stored, kept);
    }
  };
  const cleanAgain = () => erasedHere.forEach(cleanAll);
  return {
    save: sealed.save,
    load: sealed.load,
    belongTo: (workspace) => {
      const before = owner();
      // Of an earlier version: they are of whoever is here.
      if (before !== null && before !== workspace) for (const key of keys()) move(key, `${asideOf(before)}${key}`);
      localStorage.setItem(ownerKey, workspace);
      for (const key of keysAside(workspace)) move(key, key.slice(asideOf(workspace).length));
      if (before !== workspace) personChanged();
    },
    drafts: (workspace) => {
      const aside = asideOf(workspace);
      const here = owner() === workspace ? keys() : [];
      return Object.fromEntries(
        [...keysAside(workspace), ...here].map((key) => [
          key.startsWith(aside) ? key.slice(aside.length) : key,
          localStorage.getItem(key) ?? '',
        ]),
      );
    },
    putDrafts: (drafts) => {
      // What was typed since stays.
      for (const [key, value] of Object.entries(drafts))
        if (isPersonal(key) && localStorage.getItem(key) === null) localStorage.setItem(key, value);
    },
    forgetDrafts: (workspace) => {
      if (owner() === workspace) forgetHere();
      for (const key of keysAside(workspace)) localStorage.removeItem(key);
    },
    clean: (erased) => {
      if (erasedHere.length === 0) globalThis.addEventListener?.('pagehide', cleanAgain);
      erasedHere.push(erased);
      cleanAll(erased);
    },
    cleaned: () => readCleaned(localStorage.getItem(cleanedKey)),
    cleanedTold: () => localStorage.removeItem(cleanedKey),
    forget: async () => {
      forgetHere();
      await session.wipe();
    },
  };
}
