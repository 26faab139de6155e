import { findSubject } from '#shared/domain/privacy/findSubject.ts';
import type { Location } from '#shared/domain/privacy/findSubject.ts';
import { subjectOf } from '#shared/domain/privacy/subject.ts';
import type { Subject, SubjectSpec } from '#shared/domain/privacy/subject.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { requireResource } from '#shared/resources/registry.ts';

/** What the window sends: whom to look for, then records in pages. */
export type ToSearch = { spec: SubjectSpec } | { records: readonly RecordEnvelope[] };

export interface FoundRecord {
  id: string;
  tenantId: string;
  locations: Location[];
}

let subject: Subject | undefined;

self.addEventListener('message', ({ data }: MessageEvent<ToSearch>) => {
  if ('spec' in data) {
    subject = subjectOf(data.spec);
    return;
  }
  const whom = subject;
  const found: FoundRecord[] = !whom
    ? []
    : data.records.flatMap((record) => {
        const locations = findSubject(record, requireResource(record.kind), whom);
        return locations.length === 0 ? [] : [{ id: record.id, tenantId: record.tenantId, locations }];
      });
  self.postMessage(found);
});
