import { personalMatcher } from './personalMatcher.ts';
import type { PersonalMatcher } from './personalMatcher.ts';

/** The natural person a privacy request is about: by what they are found. */
export interface Subject {
  emails: readonly string[];
  names: readonly string[];
  /** Ids of records that are this person: member, staff. */
  ids: ReadonlySet<string>;
  matcher: PersonalMatcher;
}

export interface SubjectSpec {
  emails: readonly string[];
  names: readonly string[];
  /** `kind:id`. */
  records: readonly string[];
}

/** Empty texts and texts too short to tell a person by are left out. */
export function subjectOf({ emails, names, records }: SubjectSpec): Subject {
  const kept = { emails: distinct(emails), names: distinct(names) };
  return {
    ...kept,
    ids: new Set(records.map((one) => one.slice(one.indexOf(':') + 1)).filter((id) => id !== '')),
    matcher: personalMatcher(kept.emails, kept.names),
  };
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts.map((text) => text.normalize('NFC').trim()))].filter((text) => text.length >= 3);
}
