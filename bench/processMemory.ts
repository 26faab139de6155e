import type { ElectronApplication, Page } from 'playwright-core';

export interface ProcessMemory {
  /** Working sets in MB, by what the process is; shared pages count in each. */
  processes: Record<string, number>;
  /** Of the page, in MB, after collecting garbage. */
  heap: number;
}

export async function processMemory(app: ElectronApplication, page: Page): Promise<ProcessMemory> {
  const heap = await usedHeap(page);
  const found = await app.evaluate(({ app: electron }) =>
    electron.getAppMetrics().map(({ type, name, serviceName, memory }) => ({
      name: name ?? serviceName ?? type,
      kilobytes: memory.workingSetSize,
    })),
  );
  const processes: Record<string, number> = {};
  for (const { name, kilobytes } of found) processes[name] = (processes[name] ?? 0) + kilobytes / 1024;
  return { processes, heap };
}

async function usedHeap(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize / 1024 / 1024;
}
