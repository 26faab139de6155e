import type { Problem } from '#shared/kernel/errors.ts';
import type { ConnectAuth } from '#shared/protocol/messages.ts';

/** A connection to the sync server, however it is made. Nothing here is parsed yet. */
export interface Link {
  /** Sends a message and waits for its acknowledgement; rejects with LinkLost when the line breaks first. */
  request: (event: 'pull' | 'push' | 'digest', payload: unknown) => Promise<unknown>;
  close: () => void;
}

export interface LinkHandlers {
  onMessage: (event: 'hello' | 'changes' | 'resync' | 'scope' | 'bye', payload: unknown) => void;
  /** Once, when the connection could not be made or ended. Not called after `close`. */
  onDown: (problem: Problem) => void;
}

export type OpenLink = (auth: ConnectAuth, handlers: LinkHandlers) => Link;

/** The line broke before an answer came: whether the message arrived is not known. */
export class LinkLost extends Error {
  constructor() {
    super('the connection broke before the server answered');
    this.name = 'LinkLost';
  }
}
