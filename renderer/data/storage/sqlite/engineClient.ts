import type {
  EngineAnswers,
  EngineArguments,
  EngineCall,
  EngineErrorCode,
  EngineMessage,
  EngineRequest,
  Rescue,
} from '#shared/replica/engineCalls.ts';

/** The part of a MessagePort that is used here. */
export interface EnginePort {
  postMessage: (request: EngineRequest) => void;
  onMessage: (listener: (message: EngineMessage) => void) => void;
  /** The other side is gone: no answer will come any more. */
  onClose: (listener: () => void) => void;
  close: () => void;
}

/** What the engine refused, or could not do. */
export class EngineError extends Error {
  readonly code: EngineErrorCode | 'gone';
  constructor(code: EngineError['code'], message: string) {
    super(message);
    this.name = 'EngineError';
    this.code = code;
  }
}

export interface EngineClient {
  /** Rejects with EngineError; with the code 'gone' when the engine ended before it answered and did not come back. */
  call: <Call extends EngineCall>(call: Call, args: EngineArguments<Call>) => Promise<EngineAnswers[Call]>;
  /** Opens a table, now and whenever the engine has to be started again. */
  openTable: (spec: EngineArguments<'openTable'>) => Promise<EngineAnswers['openTable']>;
  /** What another window wrote. */
  onWritten: (table: string, listener: (written: WrittenElsewhere) => void) => () => void;
  /** The engine ended and is there again, with everything that was written before. */
  onRestart: (listener: () => void) => () => void;
  /** A damaged file was replaced, now or before somebody listened. */
  onRescue: (listener: (rescue: Rescue) => void) => () => void;
  close: () => Promise<void>;
}

export interface EngineClientOptions {
  database: string;
  /** A new port to a running engine; waits until there is one. */
  connect: () => Promise<EnginePort>;
}

export type WrittenElsewhere = Extract<EngineMessage, { event: 'written' }>;

interface Waiting {
  request: EngineRequest;
  /** How many engines ended over it. */
  losses: number;
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
}

/** Calls that change something: they must not be repeated by somebody who does not know what became of them. */
const changing: ReadonlySet<EngineCall> = new Set<EngineCall>(['write', 'dropTable', 'removeDatabase', 'compact']);

/** Engines that may end over one request, or without having done anything, before there is a pause. */
const patience = 3;
/** Milliseconds. */
const shortestPause = 200;
const longestPause = 1000;

function pause(milliseconds: number): Promise<void> {
  return milliseconds === 0 ? Promise.resolve() : new Promise((resume) => setTimeout(resume, milliseconds));
}

/**
 * Talks to the engine over a port, and over another one when the engine had to be started again: reads that were waiting are
 * asked again, writes are refused with 'gone', since only their caller can tell whether they happened.
 */
export async function connectEngine({ database, connect }: EngineClientOptions): Promise<EngineClient> {
  const waiting = new Map<number, Waiting>();
  const specs = new Map<string, EngineArguments<'openTable'>>();
  const written = new Map<string, Set<(written: WrittenElsewhere) => void>>();
  const restarted = new Set<() => void>();
  const rescued = new Set<(rescue: Rescue) => void>();
  let port: EnginePort | undefined;
  let ready: Promise<void>;
  let closed = false;
  let numbers = 0;
  let worked = false;
  let idleLosses = 0;

  const send = (target: EnginePort, call: EngineCall, args: unknown, losses = 0): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const request: EngineRequest = { id: ++numbers, call, args };
      waiting.set(request.id, { request, losses, resolve, reject });
      target.postMessage(request);
    });
  const receive = (message: EngineMessage): void => {
    if ('event' in message) {
      if (message.event === 'rescued') void recover(message.rescue);
      else for (const listener of written.get(message.table) ?? []) listener(message);
      return;
    }
    const asked = waiting.get(message.id);
    if (!asked) return;
    waiting.delete(message.id);
    worked ||= asked.request.call !== 'open' && asked.request.call !== 'openTable';
    if ('error' in message) asked.reject(new EngineError(message.error.code, message.error.message));
    else asked.resolve(message.value);
  };
  const open = async (): Promise<void> => {
    const fresh = await connect();
    if (closed) return fresh.close();
    port = fresh;
    worked = false;
    fresh.onMessage((message) => port === fresh && receive(message));
    fresh.onClose(() => port === fresh && lost());
    const { rescue } = (await send(fresh, 'open', { database })) as EngineAnswers['open'];
    for (const spec of specs.values()) if (port === fresh) await send(fresh, 'openTable', spec);
    if (port !== fresh) return ready; // It ended meanwhile, and another one is being started.
    if (rescue) tellRescue(rescue);
  };
  const rescues = new Map<string, Rescue>();
  const tellRescue = (rescue: Rescue) => {
    if (rescues.has(rescue.keptAs)) return;
    rescues.set(rescue.keptAs, rescue);
    rescued.forEach((listener) => listener(rescue));
  };
  /** The engine has begun a new file: its tables have to be opened again before anybody asks for them. */
  const recover = async (rescue: Rescue): Promise<void> => {
    ready = (async () => {
      for (const spec of specs.values()) if (port) await send(port, 'openTable', spec);
      tellRescue(rescue);
    })();
    await ready.catch(() => undefined); // Whoever calls next meets the failure.
  };
  const lost = (): void => {
    port = undefined;
    const unanswered = [...waiting.values()];
    waiting.clear();
    if (closed) {
      for (const { reject } of unanswered) reject(new EngineError('closed', 'the replica was closed'));
      return;
    }
    idleLosses = worked ? 0 : idleLosses + 1;
    const tooMany = idleLosses - patience;
    ready = pause(tooMany < 0 ? 0 : Math.min(longestPause, shortestPause * 2 ** tooMany)).then(open);
    const again = ready;
    for (const { request, losses, resolve, reject } of unanswered) {
      // What ends every engine that is asked must not be asked for ever.
      if (changing.has(request.call) || losses >= patience)
        reject(new EngineError('gone', 'the process that stores the replica ended before it answered'));
      else if (request.call === 'open') again.then(() => resolve({ rescue: null }), reject);
      else again.then(() => ask(request.call, request.args, losses + 1)).then(resolve, reject);
    }
    again.then(
      () => restarted.forEach((listener) => listener()),
      () => undefined,
    );
  };
  const ask = async (name: EngineCall, args: unknown, losses: number): Promise<unknown> => {
    if (closed) throw new EngineError('closed', 'the replica was closed');
    await ready;
    if (!port) throw new EngineError('gone', 'the process that stores the replica is not there');
    return send(port, name, args, losses);
  };
  const call: EngineClient['call'] = async (name, args) => (await ask(name, args, 0)) as never;
  ready = open();
  await ready;
  return {
    call,
    openTable: async (spec) => {
      const answer = await call('openTable', spec);
      specs.set(spec.table, spec);
      return answer;
    },
    onWritten: (table, listener) => {
      const listeners = written.get(table) ?? new Set();
      written.set(table, listeners.add(listener));
      return () => void listeners.delete(listener);
    },
    onRestart: (listener) => {
      restarted.add(listener);
      return () => void restarted.delete(listener);
    },
    onRescue: (listener) => {
      rescued.add(listener);
      rescues.forEach((rescue) => listener(rescue));
      return () => void rescued.delete(listener);
    },
    close: async () => {
      if (closed) return;
      closed = true;
      const last = port;
      lost();
      last?.close();
    },
  };
}
