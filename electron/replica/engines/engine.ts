export type SqlValue = string | number | null;
export type SqlRow = readonly SqlValue[];

export interface Statement {
  run: (values: readonly SqlValue[]) => void;
  all: (values: readonly SqlValue[]) => SqlRow[];
}

/** A database file, whichever library reads it. Everything throws `EngineFailure`. */
export interface Engine {
  readonly name: string;
  exec: (sql: string) => void;
  prepare: (sql: string) => Statement;
  close: () => void;
}

/** What SQLite says, in the few terms that decide what happens next. */
export class EngineFailure extends Error {
  readonly code: 'damaged' | 'full' | 'failed';
  constructor(code: EngineFailure['code'], message: string) {
    super(message);
    this.name = 'EngineFailure';
    this.code = code;
  }
}

/** SQLite's primary result codes, https://sqlite.org/rescode.html; extended ones carry them in the low byte. */
const codes: Readonly<Record<number, EngineFailure['code']>> = { 11: 'damaged', 13: 'full', 26: 'damaged' };
/** SQLITE_IOERR_WRITE and SQLITE_IOERR_FSYNC: how a full disk shows on some file systems. */
const fullExtended = new Set([778, 1034]);

export function engineFailure(error: unknown, resultCode: number | undefined): EngineFailure {
  const message = error instanceof Error ? error.message : String(error);
  if (resultCode !== undefined) {
    if (fullExtended.has(resultCode)) return new EngineFailure('full', message);
    return new EngineFailure(codes[resultCode & 0xff] ?? 'failed', message);
  }
  if (/malformed|not a database|corrupt/i.test(message)) return new EngineFailure('damaged', message);
  return new EngineFailure(/disk is full|no space left/i.test(message) ? 'full' : 'failed', message);
}
