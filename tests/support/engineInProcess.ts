import { openEngine } from '#electron/replica/engines/openEngine.ts';
import { createHost } from '#electron/replica/host.ts';
import type { HostOptions, ReplicaHost } from '#electron/replica/host.ts';
import type { EnginePort } from '#renderer/data/storage/sqlite/engineClient.ts';
import { temporaryFolder } from './temporaryFolder.ts';

export interface EngineInProcess {
  folder: string;
  connect: () => Promise<EnginePort>;
  /** Ends the host as a crash would: nothing waiting is answered, every port closes; the next port starts a new one. */
  restart: () => void;
  close: () => void;
}

let unanswered = 0;

/** Whether an engine of this process still owes an answer. */
export function enginesBusy(): boolean {
  return unanswered > 0;
}

/** The engine host in this process, behind ports that copy what they carry, as real ones do. */
export function startEngine(engine: 'node' | 'libsql', options: Partial<HostOptions> = {}): EngineInProcess {
  const folder = options.folder ?? temporaryFolder('engine');
  let host: ReplicaHost | undefined;
  const closers = new Set<() => void>();
  const hostNow = () =>
    (host ??= createHost({
      folder,
      openEngine: (file) => openEngine(file, engine === 'libsql' ? 'libsql' : undefined),
      migrate: (_table, document) => document,
      clock: () => Date.now(),
      log: () => undefined,
      ...options,
    }));
  const end = () => {
    host?.close();
    host = undefined;
    const all = [...closers];
    closers.clear();
    for (const close of all) close();
  };
  return {
    folder,
    connect: async () => {
      let open = true;
      let listener: ((message: never) => void) | undefined;
      let onClose: (() => void) | undefined;
      const session = hostNow().connect((message) => {
        const copy = structuredClone(message);
        setImmediate(() => {
          if ('id' in copy) unanswered -= 1;
          if (open) listener?.(copy as never);
        });
      });
      const lost = () => {
        open = false;
        onClose?.();
      };
      closers.add(lost);
      return {
        postMessage: (request) => {
          const copy = structuredClone(request);
          unanswered += 1;
          setImmediate(() => {
            if (open) session.receive(copy);
            else unanswered -= 1;
          });
        },
        onMessage: (next) => (listener = next),
        onClose: (next) => (onClose = next),
        close: () => {
          open = false;
          closers.delete(lost);
          session.close();
        },
      };
    },
    restart: end,
    close: end,
  };
}
