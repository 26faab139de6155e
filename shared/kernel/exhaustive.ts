/** Ends a switch over a union: a member without a case is a compile error, and at run time a bug that throws. */
export function unreachable(value: never): never {
  throw new Error(`unexpected variant: ${JSON.stringify(value)}`);
}
