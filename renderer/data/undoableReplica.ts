import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import { jsonEqual } from '#shared/kernel/json.ts';
import { failure, success } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import type { RecordPatch, Replica } from './replicaApi.ts';
import { patchBetween } from './patchBetween.ts';

/** What the person did in this window and can take back or do again, also after it was sent: a compensating change. */
export interface EditHistory {
  undo: () => Promise<Result<undefined, Problem>>;
  redo: () => Promise<Result<undefined, Problem>>;
  /** Forgets everything, when somebody else signs in. */
  clear: () => void;
  state: () => HistoryState;
  observe: (listener: () => void) => () => void;
}

export interface HistoryState {
  canUndo: boolean;
  canRedo: boolean;
}

type Step = () => Promise<Result<unknown, Problem>>;

interface Act {
  undo: Step;
  redo: Step;
}

const kept = 200;
const movedOn: Problem = problemOf('invalid', saying('record_moved_on'));
const nothing: Problem = problemOf('not_found', saying('nothing_to_take_back'));

/** The replica, with every create, edit and removal remembered. */
export function withUndo(replica: Replica): { replica: Replica; history: EditHistory } {
  let done: Act[] = [];
  let undone: Act[] = [];
  /** Who did them. */
  let person: string | undefined;
  let state: HistoryState = { canUndo: false, canRedo: false };
  const listeners = new Set<() => void>();
  const changed = () => {
    state = { canUndo: done.length > 0, canRedo: undone.length > 0 };
    listeners.forEach((listener) => listener());
  };
  const remember = (act: Act) => {
    person = replica.principal()?.id;
    done = [...done, act].slice(-kept);
    undone = [];
    changed();
  };
  const recreate = async (record: RecordEnvelope) =>
    replica.create(record.kind, record.tenantId, record.body, { assignedTo: record.assignedTo });
  /** Changes the record only while it still holds what `expected` names: nothing written since is overwritten unasked. */
  const editFrom = async (kind: string, id: string, expected: RecordPatch, patch: RecordPatch): ReturnType<Step> => {
    const now = (await replica.get(kind, id))?.record;
    return now && holds(now, expected) ? replica.edit(kind, id, patch) : failure(movedOn);
  };
  const history: EditHistory = {
    undo: async () => {
      const act = done.at(-1);
      if (!act) return failure(nothing);
      const outcome = await act.undo();
      if (!outcome.ok) return outcome;
      done = done.slice(0, -1);
      undone = [...undone, act];
      changed();
      return success(undefined);
    },
    clear: () => {
      done = [];
      undone = [];
      changed();
    },
    redo: async () => {
      const act = undone.at(-1);
      if (!act) return failure(nothing);
      const outcome = await act.redo();
      if (!outcome.ok) return outcome;
      undone = undone.slice(0, -1);
      done = [...done, act];
      changed();
      return success(undefined);
    },
    state: () => state,
    observe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  // Nothing of a session that was ended stays, in memory neither.
  replica.onStatus(({ connection, problem }) => {
    if (connection === 'signed_out' && problem?.code === 'session_revoked' && (state.canUndo || state.canRedo))
      history.clear();
  });
  /** To be called as soon as somebody signed in: what another person did is not theirs to take back. */
  const keepOwn = () => {
    if (replica.principal()?.id !== person && (state.canUndo || state.canRedo)) history.clear();
  };
  const undoable: Replica = {
    ...replica,
    signIn: async (credentials) => {
      const outcome = await replica.signIn(credentials);
      if (outcome.ok) keepOwn();
      return outcome;
    },
    adopt: async (session) => {
      await replica.adopt(session);
      keepOwn();
    },
    edit: async (kind, id, patch) => {
      const before = (await replica.get(kind, id))?.record;
      const outcome = await replica.edit(kind, id, patch);
      const after = outcome.ok ? outcome.value : undefined;
      const back = after && before ? patchBetween(after, before) : undefined;
      const again = after && before ? patchBetween(before, after) : undefined;
      if (after && before && back && again) {
        const reason = patch.reason === undefined ? {} : { reason: patch.reason };
        remember({
          undo: () => editFrom(kind, id, again, { ...back, ...reason }),
          redo: () => editFrom(kind, id, back, { ...again, ...reason }),
        });
      }
      return outcome;
    },
    create: async (kind, tenantId, body, options) => {
      const outcome = await replica.create(kind, tenantId, body, options);
      // What was commanded is not taken back by forgetting the command.
      if (outcome.ok && kind !== 'command') {
        let { id } = outcome.value;
        const record = outcome.value;
        remember({
          undo: () => replica.remove(kind, id),
          redo: async () => {
            const again = await recreate(record);
            if (again.ok) id = again.value.id;
            return again;
          },
        });
      }
      return outcome;
    },
    signOut: async (options) => {
      const outcome = await replica.signOut(options);
      if (outcome.ok) history.clear();
      return outcome;
    },
    remove: async (kind, id) => {
      const before = (await replica.get(kind, id))?.record;
      const outcome = await replica.remove(kind, id);
      if (outcome.ok && before) {
        let restored = id;
        remember({
          undo: async () => {
            const again = await recreate(before);
            if (again.ok) restored = again.value.id;
            return again;
          },
          redo: () => replica.remove(kind, restored),
        });
      }
      return outcome;
    },
  };
  return { replica: undoable, history };
}

function holds(record: RecordEnvelope, expected: RecordPatch): boolean {
  return (
    (expected.status === undefined || expected.status === record.status) &&
    (expected.assignedTo === undefined || expected.assignedTo === record.assignedTo) &&
    Object.entries(expected.body ?? {}).every(([name, value]) => jsonEqual(value, record.body[name]))
  );
}
