import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineAnswers, EngineCall, EngineErrorCode, EngineMessage, Rescue } from '#shared/replica/engineCalls.ts';
import { engineCalls } from '#shared/replica/engineCalls.ts';
import { InvalidCall, answers, parseCall, laneOf } from './answerCall.ts';
import type { TableCall } from './answerCall.ts';
import { openDatabase, removeReplica } from './database.ts';
import type { ReplicaDatabase } from './database.ts';
import { EngineFailure } from './engines/engine.ts';
import { forgetRecords } from './forgetRecords.ts';
import { UnknownPath } from './listSql.ts';
import { openFile, replaceFile } from './openFile.ts';
import type { OpenEngine } from './openFile.ts';
import type { DocumentMigration } from './openTable.ts';
import { removeSetAside, setAsideKept } from './setAsideFiles.ts';
import { createWorkQueue } from './workQueue.ts';
import type { WorkQueue } from './workQueue.ts';

export interface HostOptions {
  /** Where replica files are kept; made when it is not there. */
  folder: string;
  openEngine: OpenEngine;
  migrate: DocumentMigration;
  clock: () => number;
  log: (message: string) => void;
}

/** What one window is connected by. */
export interface HostSession {
  receive: (request: unknown) => void;
  close: () => void;
}

export interface ReplicaHost {
  connect: (post: (message: EngineMessage) => void) => HostSession;
  /** Closes every file, after which nothing is answered any more. */
  close: () => void;
}

/** Milliseconds without a write. */
const settleAfter = 20_000;

interface OpenFile {
  name: string;
  path: string;
  database: ReplicaDatabase;
  rescue: Rescue | null;
  sessions: Map<HostSession, (message: EngineMessage) => void>;
}

/** Serves the replicas of one folder to any number of windows, each over a port of its own. */
export function createHost(options: HostOptions): ReplicaHost {
  const { folder, openEngine, migrate, clock, log } = options;
  const files = new Map<string, OpenFile>();
  const queue: WorkQueue = createWorkQueue();
  const settling = new Map<string, ReturnType<typeof setTimeout>>();

  const enter = (name: string): OpenFile => {
    const known = files.get(name);
    if (known) return known;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, `${name}.sqlite`);
    const { engine, rescue } = openFile(path, openEngine, new Date(clock()));
    if (rescue) log(`${name} was damaged (${rescue.reason}); it is kept as ${rescue.keptAs}`);
    removeSetAside(path, clock() - setAsideKept);
    const file = { name, path, rescue, database: openDatabase(path, engine, migrate), sessions: new Map() };
    files.set(name, file);
    return file;
  };
  const leave = (file: OpenFile, session: HostSession): void => {
    file.sessions.delete(session);
    if (file.sessions.size > 0 || files.get(file.name) !== file) return;
    files.delete(file.name);
    file.database.close();
  };
  /** Once nothing has been written for a while, what was replaced leaves the log too. */
  const settleSoon = (file: OpenFile): void => {
    clearTimeout(settling.get(file.name));
    const timer = setTimeout(() => {
      if (files.get(file.name) !== file) return;
      try {
        file.database.settle();
      } catch (error) {
        log(`the log of ${file.name} could not be emptied: ${String(error)}`);
      }
    }, settleAfter);
    timer.unref();
    settling.set(file.name, timer);
  };
  /** The file turned out to be damaged while it was open. */
  const replace = (file: OpenFile, reason: string): void => {
    const specs = file.database.specs();
    try {
      file.database.close();
    } catch (error) {
      log(`${file.name} could not be closed: ${String(error)}`);
    }
    const { engine, rescue } = replaceFile(file.path, openEngine, new Date(clock()), reason);
    log(`${file.name} was damaged (${reason}); it is kept as ${rescue.keptAs}`);
    file.database = openDatabase(file.path, engine, migrate);
    // What was asked meanwhile is answered without anybody having to open a table again.
    for (const spec of specs) file.database.openTable(spec);
    file.rescue = rescue;
    for (const post of file.sessions.values()) post({ event: 'rescued', rescue });
  };

  return {
    connect: (post) => {
      let file: OpenFile | undefined;
      const current = (): OpenFile => {
        if (!file) throw new InvalidCall("the first call has to be 'open'");
        return file;
      };
      const others = (from: OpenFile) => [...from.sessions].flatMap(([one, tell]) => (one === session ? [] : [tell]));
      /** Calls that concern this window, or more than one table's reading. */
      const own = {
        open: (args: unknown): EngineAnswers['open'] => {
          const { database } = parseCall('open', args);
          if (file) leave(file, session);
          file = enter(database);
          file.sessions.set(session, post);
          const { engine, sqlite } = file.database;
          return { engine: engine.name, sqlite, rescue: file.rescue };
        },
        openTable: (args: unknown): EngineAnswers['openTable'] => ({
          migrated: current().database.openTable(parseCall('openTable', args)).migrated,
        }),
        removeDatabase: () => remove(current()),
        forgetSetAside: (): EngineAnswers['forgetSetAside'] => ({
          removed: removeSetAside(current().path, Number.POSITIVE_INFINITY),
        }),
        write: (args: unknown): EngineAnswers['write'] => {
          const { table, rows, context } = parseCall('write', args);
          const listening = others(current());
          const { writer } = current().database.table(table);
          const { sequence, conflicts, missing, changes } = writer.write(rows, listening.length > 0);
          settleSoon(current());
          if (changes.length > 0)
            for (const tell of listening) tell({ event: 'written', table, context, sequence, changes });
          return { sequence, conflicts: `[${conflicts.join(',')}]`, missing };
        },
        digest: (args: unknown) => {
          const { table, since } = parseCall('digest', args);
          return current().database.table(table).reads.digest(since);
        },
        forget: (args: unknown) => {
          const { table, changedBefore } = parseCall('forget', args);
          const { database } = current();
          return forgetRecords(database.engine, database.table(table).spec, changedBefore);
        },
      } satisfies Partial<Record<EngineCall, (args: unknown) => unknown>>;
      const isOwn = (call: EngineCall): call is keyof typeof own => Object.hasOwn(own, call);
      const answer = (call: EngineCall, args: unknown): unknown =>
        isOwn(call) ? own[call](args) : answerTable(call, current().database, args);
      const remove = (leaving: OpenFile): null => {
        if (leaving.sessions.size > 1) throw new InvalidCall('another window still shows this replica; close it first');
        files.delete(leaving.name);
        leaving.database.close();
        removeReplica(leaving.path);
        file = undefined;
        return null;
      };
      const fail = (id: number, call: EngineCall, args: unknown, error: unknown): void => {
        const damaged = error instanceof EngineFailure && error.code === 'damaged' && file;
        if (damaged && call === 'openTable') {
          // Nothing was there for the caller to lose: it goes on with the new file.
          replace(damaged, error.message);
          post({ id, value: answer(call, args) });
          return;
        }
        post({ id, error: { code: codeOf(error), message: error instanceof Error ? error.message : String(error) } });
        if (damaged) replace(damaged, (error as Error).message);
      };
      const session: HostSession = {
        receive: (request) => {
          const { id, call, args } = (request ?? {}) as { id?: unknown; call?: unknown; args?: unknown };
          if (typeof id !== 'number' || typeof call !== 'string' || !Object.hasOwn(engineCalls, call)) {
            log('a request that names no call was left unanswered');
            return;
          }
          const known = call as EngineCall;
          queue.add(laneOf(known), {
            work: () => answer(known, args),
            done: (value) => post({ id, value }),
            failed: (error) => fail(id, known, args, error),
          });
        },
        close: () => {
          if (file) leave(file, session);
          file = undefined;
        },
      };
      return session;
    },
    close: () => {
      for (const timer of settling.values()) clearTimeout(timer);
      for (const file of files.values()) file.database.close();
      files.clear();
    },
  };
}

function answerTable(call: TableCall, database: ReplicaDatabase, args: unknown): unknown {
  const parsed = parseCall(call, args);
  // The table is keyed by call, so that arguments and answer belong together; TypeScript sees only the union.
  const work = answers[call] as (on: ReplicaDatabase, given: unknown) => unknown;
  return work(database, parsed);
}

function codeOf(error: unknown): EngineErrorCode {
  if (error instanceof EngineFailure) return error.code;
  return error instanceof InvalidCall || error instanceof UnknownPath ? 'invalid' : 'failed';
}
