/** How many lines there may be, and how long one may stand there without saying who it is. */
export interface DoorLimits {
  /** Lines of everybody. */
  connections: number;
  /** Lines from one address that nobody has signed in on yet. */
  waitingPerAddress: number;
  /** Lines of one person. */
  perPerson: number;
  /** Milliseconds until a line that nobody has signed in on is closed. */
  patience: number;
}

export const defaultDoorLimits: DoorLimits = {
  connections: 20_000,
  waitingPerAddress: 200,
  perPerson: 100,
  patience: 10_000,
};

/** A line as the transport knows it. */
export interface Line {
  id: string;
  close: () => void;
}

export interface Doorkeeper {
  /** Whether one more line may be opened from this address. */
  mayOpen: (address: string) => boolean;
  /** A line stands; it is closed unless somebody signs in on it in time. */
  opened: (line: Line, address: string) => void;
  /** Somebody signed in on the line; false: the person has as many as one may have. */
  entered: (lineId: string, staffId: string) => boolean;
  /** The person left the line, or it is gone. */
  left: (lineId: string) => void;
  closed: (lineId: string) => void;
  /** Forgets every timer. */
  close: () => void;
}

interface Guest {
  line: Line;
  address: string;
  /** '' = nobody yet. */
  staffId: string;
  timer: NodeJS.Timeout | undefined;
}

/**
 * Keeps count of the lines into the server. Socket.io by itself closes a line that joins nothing, but keeps one for good that
 * was refused, or that joined a namespace which asks nothing.
 */
export function createDoorkeeper(limits: DoorLimits): Doorkeeper {
  const guests = new Map<string, Guest>();
  const waiting = new Map<string, number>();
  const people = new Map<string, number>();
  const wait = (guest: Guest) => {
    count(waiting, guest.address, 1);
    guest.timer = setTimeout(guest.line.close, limits.patience);
    guest.timer.unref();
  };
  const stopWaiting = (guest: Guest) => {
    clearTimeout(guest.timer);
    guest.timer = undefined;
    count(waiting, guest.address, -1);
  };
  return {
    mayOpen: (address) => guests.size < limits.connections && (waiting.get(address) ?? 0) < limits.waitingPerAddress,
    opened: (line, address) => {
      const guest: Guest = { line, address, staffId: '', timer: undefined };
      guests.set(line.id, guest);
      wait(guest);
    },
    entered: (lineId, staffId) => {
      const guest = guests.get(lineId);
      if (!guest || (people.get(staffId) ?? 0) >= limits.perPerson) return false;
      if (guest.staffId !== '') return guest.staffId === staffId;
      stopWaiting(guest);
      guest.staffId = staffId;
      count(people, staffId, 1);
      return true;
    },
    left: (lineId) => {
      const guest = guests.get(lineId);
      if (!guest || guest.staffId === '') return;
      count(people, guest.staffId, -1);
      guest.staffId = '';
      wait(guest);
    },
    closed: (lineId) => {
      const guest = guests.get(lineId);
      if (!guest) return;
      if (guest.staffId === '') stopWaiting(guest);
      else count(people, guest.staffId, -1);
      guests.delete(lineId);
    },
    close: () => {
      for (const guest of guests.values()) clearTimeout(guest.timer);
    },
  };
}

function count(counts: Map<string, number>, key: string, by: number): void {
  const next = (counts.get(key) ?? 0) + by;
  if (next > 0) counts.set(key, next);
  else counts.delete(key);
}
