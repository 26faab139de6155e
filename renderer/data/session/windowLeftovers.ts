import { subjectOf } from '#shared/domain/privacy/subject.ts';
import type { Subject, SubjectSpec } from '#shared/domain/privacy/subject.ts';
import { readCleaned, withoutPerson } from './cleanDrafts.ts';
import type { CleanedDraft } from './cleanDrafts.ts';
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

/** Whether there was room for it. */
function isStored(key: string, value: string): boolean {
  try {
    localStorage.setItem(key, value);
    return true;
  } catch {
    return false;
  }
}

/** Texts of erased persons that a window looks for when it closes; with more, the oldest are forgotten. */
const mostRemembered = 2000;

function together(before: SubjectSpec, more: SubjectSpec): SubjectSpec {
  const union = (left: readonly string[], right: readonly string[]) => {
    const again = new Set(right);
    return [...left.filter((one) => !again.has(one)), ...again].slice(-mostRemembered);
  };
  return {
    emails: union(before.emails, more.emails),
    names: union(before.names, more.names),
    records: union(before.records, more.records),
  };
}

const isNobody = ({ emails, names, records }: SubjectSpec) => emails.length + names.length + records.length === 0;

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
  /** Of this window's time: an editor that is open may write again what it holds in memory. The newest last. */
  let erasedHere: SubjectSpec = { emails: [], names: [], records: [] };
  /** Notes that a full storage had no room for, by the keys of whose they are. */
  const unkept = new Map<string, CleanedDraft[]>();
  const whose = (aside: string) => (aside === '' ? asideOf(owner() ?? '') : aside);
  const note = (aside: string, made: CleanedDraft) => {
    const notes = readCleaned(localStorage.getItem(`${aside}${cleanedKey}`)).filter((one) => one.key !== made.key);
    if (isStored(`${aside}${cleanedKey}`, JSON.stringify([...notes, made]))) return;
    const others = (unkept.get(whose(aside)) ?? []).filter((one) => one.key !== made.key);
    unkept.set(whose(aside), [...others, made]);
  };
  const cleanAll = (subject: Subject) => {
    for (const stored of Object.keys(localStorage)) {
      const [aside = '', key = ''] = partsOf(stored);
      const text = localStorage.getItem(stored);
      if (!isPersonal(key) || key === cleanedKey || text === null) continue;
      const kept = withoutPerson(key, text, subject);
      if (kept === text) continue;
      // What is left of a draft may be longer than it was, and find no room: the person goes all the same.
      const isKept = kept !== undefined && isStored(stored, kept);
      if (!isKept) localStorage.removeItem(stored);
      note(aside, { key, outcome: isKept ? 'replaced' : 'removed' });
    }
  };
  const cleanAgain = () => cleanAll(subjectOf(erasedHere));
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
      try {
        // What was typed since stays.
        for (const [key, value] of Object.entries(drafts))
          if (isPersonal(key) && localStorage.getItem(key) === null) localStorage.setItem(key, value);
      } finally {
        // They may have been sealed before somebody was erased.
        if (!isNobody(erasedHere)) cleanAgain();
      }
    },
    forgetDrafts: (workspace) => {
      if (owner() === workspace) forgetHere();
      for (const key of keysAside(workspace)) localStorage.removeItem(key);
    },
    clean: (erased) => {
      if (isNobody(erasedHere)) globalThis.addEventListener?.('pagehide', cleanAgain);
      erasedHere = together(erasedHere, erased);
      cleanAll(subjectOf(erased));
    },
    cleaned: () => {
      const notes = [...readCleaned(localStorage.getItem(cleanedKey)), ...(unkept.get(whose('')) ?? [])];
      return [...new Map(notes.map((one) => [one.key, one])).values()];
    },
    cleanedTold: () => {
      localStorage.removeItem(cleanedKey);
      unkept.delete(whose(''));
    },
    forget: async () => {
      forgetHere();
      await session.wipe();
    },
  };
}
