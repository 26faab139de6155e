import { createHash } from 'node:crypto';
import { canonicalJson } from '#shared/kernel/canonicalJson.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import { privacyRequest } from '#shared/resources/access/privacyRequest.ts';
import { everyHead } from './everyHead.ts';
import { server } from './ports.ts';
import type { PrivacyBatch, PrivacySources } from './ports.ts';
import { changed } from './requestRecord.ts';
import { proofArea, readState, stateArea, touchedOf } from './requestState.ts';

/** The audit action of each type of request. */
const actions = {
  export: 'export',
  anonymise: 'anonymise',
  erase: 'erase',
  erase_keep_financial: 'erase',
} as const;

/** Says that a request is done, with its proof: in the record, in the log, and as a document that whoever has it can hash. */
export async function finish(
  batch: PrivacyBatch,
  requestId: string,
  { clock, serverId }: Pick<PrivacySources, 'clock' | 'serverId'>,
): Promise<void> {
  await batch.load([requestId]);
  const request = batch.get(requestId);
  const state = await readState(batch, requestId);
  if (!request || isTombstone(request) || request.status !== 'running' || state?.stage !== 'scrub') return;
  const now = clock();
  const completedAt = new Date(now).toISOString();
  const body = privacyRequest.body.parse(request.body);
  const touched = touchedOf(state.counts);
  const heads =
    request.tenantId === ''
      ? await everyHead(batch.reader)
      : [...(await batch.reader.chainHeads(['', request.tenantId]))].map(([tenantId, head]) => ({ tenantId, ...head }));
  const document: JsonObject = {
    type: 'steward.privacy.proof',
    version: 1,
    serverId,
    requestId,
    requestType: state.type,
    tenantId: request.tenantId,
    requestedBy: request.createdBy,
    receivedAt: body.receivedAt,
    startedAt: body.startedAt,
    completedAt,
    touched,
    // Of the books' records that were touched; the same before and after, unless they were to be erased.
    sums: state.type === 'export' ? {} : { before: state.before, after: state.after },
    chainHeads: heads.map(({ tenantId, number, hash }) => ({ tenantId, number, hash })),
  };
  const proof = createHash('sha256').update(canonicalJson(document)).digest('hex');
  batch.putEntry(proofArea, requestId, document);
  batch.removeEntry(stateArea, requestId);
  const after = changed(request, now, {
    status: 'done',
    body: { completedAt, completedBy: server.id, touched, proof, problem: '' },
  });
  await batch.write({ after, actor: server, reason: '', madeAt: '', requestId });
  batch.note({
    actor: server,
    tenantId: request.tenantId,
    action: actions[state.type],
    resource: privacyRequest.kind,
    resourceId: requestId,
    changes: [{ path: 'body.proof', new: proof }],
  });
}
