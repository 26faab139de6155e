import type { Socket } from 'socket.io';
import type { ErrorCode } from '#shared/kernel/errors.ts';
import type { Principal } from '#shared/domain/access/principal.ts';
import type { RoomRegistry } from './roomRegistry.ts';
import { scopeOf } from './scopeOf.ts';

/** Frames that may wait for a slow line before the console is told to pull instead. */
const queueLimit = 64;
/** Malformed frames of one connection before it is closed. */
const malformedLimit = 20;

export interface Connection {
  readonly sessionId: string;
  readonly staffId: string;
  principal: () => Principal;
  /** From now on live changes reach the connection; to be called in the same turn as the greeting, which comes first. */
  enter: () => void;
  /** Gives the person's rights as of now to the connection: announces a change, closes it when none are left. */
  applyRights: (principal: Principal | undefined) => void;
  countMalformed: () => void;
  /** Says why, then closes. */
  close: (code: ErrorCode) => void;
  /** Stops live changes for a console that does not keep up; they resume, with a `resync`, when its queue is empty. */
  shed: () => boolean;
}

/** The state of one console's socket. */
export function createConnection(
  socket: Socket,
  identity: { sessionId: string; principal: Principal; clientId: string },
  rooms: RoomRegistry,
): Connection {
  let principal = identity.principal;
  let scopeHash = scopeOf(principal).hash;
  let malformed = 0;
  let queued = 0;
  let behind = false;
  let entered = false;
  socket.conn.on('packetCreate', () => (queued += 1));
  socket.conn.on('drain', () => {
    queued = 0;
    if (!behind) return;
    behind = false;
    enterRooms();
    socket.emit('resync', {});
  });
  const leaveRooms = () => {
    for (const name of socket.rooms) if (name !== socket.id) void socket.leave(name);
  };
  const enterRooms = () => void socket.join(rooms.namesFor(principal));
  const close = (code: ErrorCode) => {
    leaveRooms();
    socket.emit('bye', { code });
    socket.disconnect(true);
  };
  return {
    sessionId: identity.sessionId,
    staffId: principal.id,
    principal: () => principal,
    enter: () => {
      entered = true;
      enterRooms();
    },
    applyRights: (next) => {
      if (!next) return close('session_revoked');
      const scope = scopeOf(next);
      if (scope.hash === scopeHash) return;
      principal = next;
      scopeHash = scope.hash;
      // Before the greeting there is nothing to announce: the greeting itself carries the rights.
      if (!entered) return;
      leaveRooms();
      if (!behind) enterRooms();
      socket.emit('scope', scope);
    },
    countMalformed: () => {
      malformed += 1;
      if (malformed >= malformedLimit) close('invalid_message');
    },
    close,
    shed: () => {
      if (behind || queued < queueLimit) return false;
      behind = true;
      leaveRooms();
      return true;
    },
  };
}
