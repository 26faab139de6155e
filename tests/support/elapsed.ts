/** What a piece of work gave, and the time its thread was busy with it: other load on the machine does not count. */
export function elapsed<Value>(work: () => Value): { value: Value; milliseconds: number } {
  const before = process.threadCpuUsage();
  const value = work();
  return { value, milliseconds: since(before) };
}

/** The same for work that is awaited; whatever else the thread does meanwhile counts too. */
export async function elapsedAwaiting<Value>(
  work: () => Promise<Value>,
): Promise<{ value: Value; milliseconds: number }> {
  const before = process.threadCpuUsage();
  const value = await work();
  return { value, milliseconds: since(before) };
}

function since(before: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

/** A clock that stands still while the thread has nothing to do. */
export function busyMilliseconds(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
