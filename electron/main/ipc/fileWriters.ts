import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { IpcArguments, IpcResult } from '#shared/ipc/contract.ts';

/** Files that grow while they are written; half of one is never left behind under its own name. */
export interface FileWriters {
  begin: (...parameters: IpcArguments<'file.begin'>) => Promise<IpcResult<'file.begin'>>;
  append: (...parameters: IpcArguments<'file.append'>) => Promise<IpcResult<'file.append'>>;
  end: (...parameters: IpcArguments<'file.end'>) => Promise<IpcResult<'file.end'>>;
  /** Gives up whatever is being written. */
  close: () => Promise<void>;
}

interface Writing {
  path: string;
  draft: string;
  file: FileHandle;
  bytes: number;
  turn: Promise<unknown>;
}

const mostAtOnce = 4;
/** Bytes of one file. */
const mostBytes = 16 * 1024 ** 3;

/** `choosePath` asks the person; undefined when they cancelled. */
export function createFileWriters(choosePath: (suggestedName: string) => Promise<string | undefined>): FileWriters {
  const writing = new Map<string, Writing>();
  const find = (id: string): Writing => {
    const found = writing.get(id);
    if (!found) throw new Error('this file is not being written (any more); begin again');
    return found;
  };
  const giveUp = async (id: string, { file, draft }: Writing): Promise<void> => {
    writing.delete(id);
    await file.close().catch(() => undefined); // Closed already; the draft goes in any case.
    await rm(draft, { force: true });
  };
  const inTurn = <Value>(one: Writing, work: () => Promise<Value>): Promise<Value> => {
    const mine = one.turn.then(work);
    one.turn = mine.catch(() => undefined);
    return mine;
  };
  return {
    begin: async ({ suggestedName }) => {
      if (writing.size >= mostAtOnce) throw new Error(`${mostAtOnce} files are being written; wait for one of them`);
      const path = await choosePath(suggestedName);
      if (path === undefined) return null;
      const id = randomUUID();
      const draft = `${path}.${id.slice(0, 8)}.part`;
      writing.set(id, { path, draft, file: await open(draft, 'wx', 0o600), bytes: 0, turn: Promise.resolve() });
      return { id, path };
    },
    append: ({ id, text }) => {
      const one = find(id);
      return inTurn(one, async () => {
        const data = Buffer.from(text, 'utf8');
        try {
          if (one.bytes + data.length > mostBytes) throw new Error(`the file would be larger than ${mostBytes} bytes`);
          await one.file.writeFile(data);
        } catch (error) {
          await giveUp(id, one);
          throw error;
        }
        one.bytes += data.length;
        return { bytes: one.bytes };
      });
    },
    end: ({ id, keep }) => {
      const one = find(id);
      return inTurn(one, async () => {
        if (!keep) {
          await giveUp(id, one);
          return null;
        }
        try {
          await one.file.sync();
          await one.file.close();
          await rename(one.draft, one.path);
          writing.delete(id);
        } catch (error) {
          await giveUp(id, one);
          throw error;
        }
        return { path: one.path, bytes: one.bytes };
      });
    },
    close: async () => {
      for (const [id, one] of writing) await inTurn(one, () => giveUp(id, one));
    },
  };
}
