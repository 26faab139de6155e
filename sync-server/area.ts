import type { Logger } from 'pino';
import type { Clock, IdSource } from '#shared/kernel/sources.ts';
import type { Options } from './config/options.ts';
import type { JobHandler } from './engine/jobRunner.ts';
import type { SignIn } from './features/signIn/signIn.ts';
import type { RouteModule } from './http/routeModule.ts';
import type { SyncStore } from './storage/store.ts';
import type { Principals } from './sync/principals.ts';
import type { SyncCore } from './sync/syncCore.ts';

/** What every area of the server is built from. */
export interface AreaParts {
  options: Options;
  store: SyncStore;
  core: SyncCore;
  principals: Principals;
  signIn: SignIn;
  serverId: string;
  /** What stands for a network address in records and logs; see features/privacy. */
  networkOf: (address: string) => string;
  clock: Clock;
  ids: IdSource;
  log: Logger;
}

/** One area of the server: what it adds to HTTP, to the job queue, and what it does by itself. */
export interface Area {
  modules: readonly RouteModule[];
  /** Types of jobs it does. */
  jobs?: Readonly<Record<string, JobHandler>>;
  start: () => Promise<void>;
  stop: () => Promise<void>;
}
