import type { Leftovers } from './leftovers.ts';

/** Keys of this window's storage that hold what a person typed; how the console looks and speaks is nobody's secret. */
const kept = new Set(['steward.language', 'steward.density']);
const isPersonal = (key: string) => key.startsWith('steward.') && !kept.has(key);

/** What the window and the shell keep of a person beside the replica. */
export function createWindowLeftovers(): Leftovers {
  const keys = () => Object.keys(localStorage).filter(isPersonal);
  const { sealed, session } = window.steward;
  return {
    save: sealed.save,
    load: sealed.load,
    drafts: () => Object.fromEntries(keys().map((key) => [key, localStorage.getItem(key) ?? ''])),
    putDrafts: (drafts) => {
      // What was typed since stays.
      for (const [key, value] of Object.entries(drafts))
        if (isPersonal(key) && localStorage.getItem(key) === null) localStorage.setItem(key, value);
    },
    forget: async () => {
      for (const key of keys()) localStorage.removeItem(key);
      await session.wipe();
    },
  };
}
