/** Milliseconds since the epoch, UTC. Pure code receives time; it never reads a clock. */
export type Clock = () => number;
/** Makes a new unique id; production uses UUIDv7, tests a seeded source. */
export type IdSource = () => string;
/** Fills a fresh array of `length` with random bytes. */
export type RandomBytes = (length: number) => Uint8Array;
