import type { ChainEntry } from '#shared/domain/audit/auditTypes.ts';
import {
  bundleEnd,
  bundleEntry,
  bundleFormat,
  bundleStart,
  chainEnd,
  chainStart,
} from '#shared/domain/audit/bundle.ts';
import { csvHeader, csvRow, jsonEnd, jsonRow, jsonStart } from '#shared/domain/audit/exportRows.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import type { ThreadReads } from '../../simulation/threadReads.ts';
import type { ExportTask } from './chainTasks.ts';
import { entriesOf } from './entriesOf.ts';

export interface ExportPiece {
  text: string;
  /** Entries in it and in all pieces before. */
  entries: number;
}

/** Written at the beginning of CSV, so that spreadsheets read it as UTF-8. */
const byteOrderMark = '\uFEFF';

/** The text of an export piece by piece, in memory that does not grow with it. */
export async function* exportTexts(task: ExportTask, reads: Pick<ThreadReads, 'pages'>): AsyncGenerator<ExportPiece> {
  let entries = 0;
  if (task.format === 'bundle') {
    const { bundle } = task;
    if (!bundle) throw new Error('a bundle needs the keys and heads of its chains');
    const { chains, ...about } = bundle;
    yield { text: bundleStart({ format: bundleFormat, version: 1, ...about }), entries };
    for (const [index, chain] of chains.entries()) {
      yield { text: chainStart(chain, index === 0), entries };
      let isFirst = true;
      for await (const page of reads.pages(entriesOf(chain, ''))) {
        let text = '';
        for (const record of page) {
          text += bundleEntry(entryOf(record), isFirst);
          isFirst = false;
        }
        entries += page.length;
        yield { text, entries };
      }
      yield { text: chainEnd, entries };
    }
    yield { text: bundleEnd(null), entries };
    return;
  }
  const isCsv = task.format === 'csv';
  yield { text: isCsv ? `${byteOrderMark}${csvHeader}` : jsonStart, entries };
  for await (const page of reads.pages(task.list)) {
    let text = '';
    for (const record of page) {
      text += isCsv ? csvRow(entryOf(record)) : jsonRow(entryOf(record), entries === 0);
      entries += 1;
    }
    yield { text, entries };
  }
  if (!isCsv) yield { text: jsonEnd, entries };
}

const entryOf = ({ id, tenantId, body }: RecordEnvelope): ChainEntry => ({ id, tenantId, body });
