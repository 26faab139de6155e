/** Jobs that the server knows by name; others can be typed. */
export const serverJobNames: readonly string[] = [];
