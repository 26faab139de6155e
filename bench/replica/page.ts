import { openStorage } from './storages.ts';
import type { OpenStorage, StorageName } from './storages.ts';
import { auditEntries, defaultList, newestEntry, questionsFor, rowOf, sampleOf } from './workload.ts';

const batchSize = 1000;
const heartbeat = 4;

/** What was seen of one question; times in milliseconds. */
export interface Observation {
  question: string;
  /** Rows that came, or the count. */
  rows: number;
  /** From the call to the parsed documents in the page. */
  page: number[];
  /** Of that in the engine's own process. */
  engine: number[];
}

export interface Insertion {
  seconds: number;
  /** The longest time in which the page did nothing else, while it wrote. */
  longestStall: number;
  /** Of one document as JSON, on average. */
  documentBytes: number;
}

/** How often something is measured. */
export interface Repeats {
  fast: number;
  slow: number;
  /** Milliseconds from which something is slow. */
  from: number;
}

export interface BenchPage {
  /** Milliseconds from the start of the page's loading to the first list, from storage that was filled before. */
  firstResult: Promise<number>;
  insert: (count: number) => Promise<Insertion>;
  ask: (count: number, repeats: Repeats, way: 'own' | 'mango') => Promise<Observation[]>;
  /** From one write to the read page, and to the observed list that shows it. The list stays open. */
  live: (repeats: Repeats) => Promise<{ read: number[]; observed: number[] }>;
}

declare global {
  interface Window {
    bench: BenchPage;
  }
}

const name = window.location.hash.slice(1) as StorageName;
const storage = openStorage(name);
let written = 0;

window.bench = {
  firstResult: storage.then(async (opened) => {
    await opened.ask(defaultList);
    return performance.now();
  }),
  insert: async (count) => insert(await storage, count),
  ask: async (count, repeats, way) => {
    const opened = await storage;
    const ask = way === 'own' ? opened.ask : opened.askMango;
    if (!ask) return [];
    const observations: Observation[] = [];
    for (const question of questionsFor(count, sampleOf(count))) {
      if (way === 'mango' && question.matched) continue;
      const engine: number[] = [];
      let rows = 0;
      const page = await repeat(repeats, async () => {
        rows = await ask(question);
        const time = opened.engineTime?.();
        if (time !== undefined) engine.push(time);
      });
      observations.push({ question: question.name, rows, page, engine: engine.slice(-page.length) });
    }
    return observations;
  },
  live: async (repeats) => {
    const opened = await storage;
    newestEntry(0);
    const read = await repeat(repeats, () => opened.writeAndRead(written++));
    const change = await opened.observe();
    const observed = await repeat(repeats, () => change(written++));
    return { read, observed };
  },
};

async function insert({ instance }: OpenStorage, count: number): Promise<Insertion> {
  let milliseconds = 0;
  let longestStall = 0;
  let bytes = 0;
  let batch: ReturnType<typeof rowOf>[] = [];
  const write = async () => {
    const rows = batch;
    batch = [];
    bytes += JSON.stringify(rows[0]?.document ?? '').length * rows.length;
    const stopWatch = watchStalls((stall) => (longestStall = Math.max(longestStall, stall)));
    const started = performance.now();
    const { error } = await instance.bulkWrite(rows, 'bench');
    milliseconds += performance.now() - started;
    stopWatch();
    if (error.length > 0) throw new Error(`${error.length} documents were not written (${error[0]?.status})`);
    await new Promise((next) => setTimeout(next));
  };
  for (const entry of auditEntries(count)) {
    batch.push(rowOf(entry));
    if (batch.length === batchSize) await write();
  }
  if (batch.length > 0) await write();
  return { seconds: milliseconds / 1000, longestStall, documentBytes: bytes / count };
}

/** Tells how late a beat came. */
function watchStalls(tell: (milliseconds: number) => void): () => void {
  let due = performance.now() + heartbeat;
  const beat = () => {
    tell(performance.now() - due);
    due = performance.now() + heartbeat;
  };
  const timer = setInterval(beat, heartbeat);
  return () => {
    clearInterval(timer);
    tell(performance.now() - due);
  };
}

/** What is slow counts from the first time; what is fast is done once before. */
async function repeat({ fast, slow, from }: Repeats, work: () => Promise<void>): Promise<number[]> {
  const timed = async () => {
    const started = performance.now();
    await work();
    return performance.now() - started;
  };
  const first = await timed();
  const times = first > from ? [first] : [];
  while (times.length < (first > from ? slow : fast)) times.push(await timed());
  return times;
}
