/** When a date trigger is due, in milliseconds since the epoch; undefined when the field holds neither instant nor day. */
export function dueAt(_value: unknown, _offsetMinutes: number): number | undefined {
  throw new Error('being written');
}
