/** Protocol of docs/protocol.md. Raise it, and say so there, when an older client can no longer talk to the server. */
export const protocolVersion = 1;
/** Shape of the records. A console with a lower number than the server's minimum is refused as `client_outdated`. */
export const schemaVersion = 1;
export const minimumSchemaVersion = 1;

/** Limits a server announces in `hello`; rows, documents and bytes of one frame. */
export const defaultLimits = { maxPush: 500, maxPull: 2000, maxBytes: 4 * 1024 * 1024 };
