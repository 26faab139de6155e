import { findSubject } from '#shared/domain/privacy/findSubject.ts';
import { holdOn, activeHolds } from '#shared/domain/privacy/legalHolds.ts';
import { requireResource } from '#shared/resources/registry.ts';
import type { PrivacyPreview } from '#shared/protocol/privacy.ts';
import type { StoreReader } from '../../storage/store.ts';
import { privateKind, searchFor } from './requestSubject.ts';
import type { AskedFor } from './requestSubject.ts';
import { visitAll } from './visitEverything.ts';
import { covers, entryConcerns, jobConcerns } from './walks.ts';

/** Records of a kind that are named. */
const samplesPerKind = 20;
const pathsPerSample = 6;

/** Where a person is in everything that the server keeps; private areas are counted and not shown. */
export async function previewSubject(reader: StoreReader, asked: AskedFor): Promise<PrivacyPreview> {
  const search = await searchFor(reader, asked);
  const holds = activeHolds(await reader.recordsOfKind('legalHold'));
  const kinds = new Map<string, PrivacyPreview['kinds'][number]>();
  const held = new Set<string>();
  let scanned = 0;
  const kindOf = (kind: string) => {
    const known = kinds.get(kind) ?? { kind, count: 0, samples: [] };
    kinds.set(kind, known);
    return known;
  };
  await visitAll(reader, {
    record: (record) => {
      scanned += 1;
      if (!covers(record, search)) return;
      const locations = findSubject(record, requireResource(record.kind), search.subject);
      if (locations.length === 0) return;
      const found = kindOf(record.kind);
      found.count += 1;
      if (found.samples.length < samplesPerKind)
        found.samples.push({
          id: record.id,
          tenantId: record.tenantId,
          locations: locations.slice(0, pathsPerSample),
        });
      const hold = holdOn(record, search.subject, holds);
      if (hold) held.add(hold.name);
    },
    entry: async (entry) => {
      const concern = await entryConcerns(reader, entry, search);
      if (concern !== 'no') kindOf(privateKind(entry.area)).count += 1;
    },
    job: (job) => {
      if (jobConcerns(job, search)) kindOf(privateKind('jobs')).count += 1;
    },
    session: ({ staffId }) => {
      if (search.tenantId === '' && search.staffIds.has(staffId)) kindOf(privateKind('sessions')).count += 1;
    },
  });
  return {
    scanned,
    subjectRecords: [...search.spec.records],
    kinds: [...kinds.values()].sort((left, right) => (left.kind < right.kind ? -1 : 1)),
    holds: [...held].sort(),
  };
}
