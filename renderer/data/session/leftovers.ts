import * as z from 'zod';
import { isJsonObject } from '#shared/kernel/json.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import type { SubjectSpec } from '#shared/domain/privacy/subject.ts';
import type { InboxEntry } from '../replicaApi.ts';
import type { PendingDocument } from '../storage/localData.ts';
import type { CleanedDraft } from './cleanDrafts.ts';

/** What a person leaves on this computer beside the replica. */
export interface Leftovers {
  /** Text that nobody here can read; '' removes it. */
  save: (name: string, sealed: string) => Promise<unknown>;
  /** '' = none. */
  load: (name: string) => Promise<string>;
  /** Whose workspace it is now: the drafts of whoever had it before are put aside until they are back. */
  belongTo: (workspace: string) => void;
  /** Unsaved forms, saved views and the like of a workspace, by their keys. */
  drafts: (workspace: string) => Record<string, string>;
  putDrafts: (drafts: Record<string, string>) => void;
  forgetDrafts: (workspace: string) => void;
  /** Takes persons who were erased out of everything that is kept here, of whoever it is. A full storage is no reason to fail. */
  clean: (erased: SubjectSpec) => void;
  /** What became of drafts of whose workspace it is, to be told; `cleanedTold` once it was. */
  cleaned: () => CleanedDraft[];
  cleanedTold: () => void;
  /** Removes drafts of whose workspace it is, logs and the kept session. */
  forget: () => Promise<void>;
}

/** What a person had typed and the server does not have, when their session was ended. */
export interface UnsentWork {
  entries: InboxEntry[];
  drafts: Record<string, string>;
}

const workSchema = z.object({ entries: z.array(z.unknown()), drafts: z.record(z.string(), z.string()) });

/** What `JSON.stringify` made of it. Sealed by this console, so the entries are as it wrote them. */
export function parseUnsentWork(text: string): UnsentWork {
  const { entries, drafts } = workSchema.parse(JSON.parse(text));
  return { entries: entries as InboxEntry[], drafts };
}

/**
 * Unsent edits and open questions, all as questions: after a session was ended by somebody, nothing that was typed on this
 * computer is sent before the person has looked at it.
 */
export function unsentEntries(pending: Iterable<PendingDocument>, inbox: Iterable<InboxEntry>): InboxEntry[] {
  const edits = [...pending].flatMap(({ document: { record, pending: edit } }): InboxEntry[] =>
    edit
      ? [
          {
            type: 'rejection',
            id: `kept:${record.id}:${edit.edit}`,
            recordId: record.id,
            kind: record.kind,
            at: edit.editedAt,
            resolved: false,
            problem: problemOf('session_revoked', saying('ended_before_sent')),
            reason: edit.reason,
            base: edit.base ?? undefined,
            mine: record,
            current: edit.base ?? undefined,
          },
        ]
      : [],
  );
  return [...edits, ...[...inbox].filter((entry) => !entry.resolved && isTyped(entry))];
}

const isTyped = ({ type }: InboxEntry) => type !== 'invalid_document' && type !== 'draft_cleaned';

/** Under which name the heads of the audit log outlive a replica: numbers and hashes, nothing of a person. */
export const headsName = (workspace: string): string => `${workspace}-heads`;

/** Kept heads; undefined = none, or unreadable ones, which prove nothing. */
export async function headsOf(leftovers: Leftovers, workspace: string): Promise<JsonObject | undefined> {
  try {
    const kept: unknown = JSON.parse((await leftovers.load(headsName(workspace))) || 'null');
    return isJsonObject(kept) ? kept : undefined;
  } catch {
    return undefined;
  }
}
