import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import * as z from 'zod';
import { decideAccess, holdsAnywhere } from '#shared/domain/access/decideAccess.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import type { Clock } from '#shared/kernel/sources.ts';
import { auditExportSchema, retentionRunSchema } from '#shared/protocol/audit.ts';
import type {
  AuditHeadAnswer,
  AuditKeysAnswer,
  KeyRotationAnswer,
  RetentionProgressAnswer,
  RetentionRunAnswer,
} from '#shared/protocol/audit.ts';
import type { ExportLog } from '../features/auditing/exportLog.ts';
import type { Retention } from '../features/auditing/retention.ts';
import type { SignedHeads } from '../features/auditing/signedHeads.ts';
import type { SigningKeys } from '../features/auditing/signingKeys.ts';
import type { SyncStore } from '../storage/store.ts';
import type { Actor } from '../sync/auditTrail.ts';
import { viewOf } from '../sync/visibility.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import { parseRequest } from './parseRequest.ts';
import { partStream } from './partStream.ts';
import { spend } from './rateLimits.ts';
import { refuse } from './refuse.ts';
import type { SessionGate, SignedIn } from './routeModule.ts';

export interface AuditEdges {
  store: Pick<SyncStore, 'chainHeads'>;
  keys: SigningKeys;
  heads: SignedHeads;
  retention: Retention;
  exportLog: ExportLog;
  serverId: string;
  /** Who asks, as the audit log names them. */
  actorOf: (by: SignedIn) => Actor;
  clock: Clock;
}

/** Exports of one person in an hour. */
const exportsAnHour = { points: 10, duration: 3600 };
/** Milliseconds that an export waits for its reader. */
const patience = 60_000;
const tenantParameters = z.object({ tenant: z.string().min(1).max(64) });
const contentTypes = {
  csv: ['text/csv; charset=utf-8', 'csv'],
  json: ['application/json; charset=utf-8', 'json'],
  bundle: ['application/json; charset=utf-8', 'bundle.json'],
} as const;

/** The log's proof, its retention, and exports of it; see docs/protocol.md. */
export function addAuditRoutes(app: FastifyInstance, gate: SessionGate, edges: AuditEdges): void {
  const { store, keys, heads, retention, exportLog, serverId, actorOf, clock } = edges;
  const exportsOf = new RateLimiterMemory(exportsAnHour);
  const open = new Set<Readable>();
  const running = (stream: Readable): Readable => {
    open.add(stream);
    return stream.once('close', () => open.delete(stream));
  };
  // A server that stops does not wait for readers.
  app.addHook('preClose', async () => {
    for (const stream of open) stream.destroy();
  });

  const managing = async (request: FastifyRequest, reply: FastifyReply): Promise<SignedIn | undefined> => {
    const by = await gate(request, reply);
    if (!by || decideAccess(by.principal, 'audit.manage', { tenantId: '' }).allowed) return by;
    await refuse(reply, needs('audit.manage'));
    return undefined;
  };

  // Public halves are for everybody: who checks a bundle compares them with what the server itself says.
  app.get('/v1/audit/keys', async (): Promise<AuditKeysAnswer> => ({ serverId, keys: [...keys.evidence()] }));

  app.get('/v1/audit/head/:tenant', async (request, reply) => {
    const by = await gate(request, reply);
    if (!by) return reply;
    const parameters = parseRequest(tenantParameters, request.params);
    if (!parameters.ok) return refuse(reply, parameters.error);
    const tenantId = parameters.value.tenant === 'platform' ? '' : parameters.value.tenant;
    if (!decideAccess(by.principal, 'audit.view', { tenantId }).allowed) return refuse(reply, noSuchChain);
    if ((await store.chainHeads([tenantId])).size === 0) return refuse(reply, noSuchChain);
    await heads.sign([tenantId]);
    const head = heads.of(tenantId);
    return head ? ({ serverId, tenantId, ...head } satisfies AuditHeadAnswer) : refuse(reply, notSigned);
  });

  app.post('/v1/audit/keys/rotate', async (request, reply) => {
    const by = await managing(request, reply);
    if (!by) return reply;
    if (!by.elevated) return refuse(reply, proveFirst);
    const outcome = await keys.rotate(actorOf(by));
    return outcome.ok ? (outcome.value satisfies KeyRotationAnswer) : refuse(reply, outcome.error);
  });

  app.get('/v1/audit/retention', async (request, reply) => {
    const by = await managing(request, reply);
    return by ? ({ running: retention.progress() ?? null } satisfies RetentionProgressAnswer) : reply;
  });

  app.post('/v1/audit/retention/run', async (request, reply) => {
    const by = await managing(request, reply);
    if (!by) return reply;
    const body = parseRequest(retentionRunSchema, request.body ?? {});
    if (!body.ok) return refuse(reply, body.error);
    const { dryRun, rule } = body.value;
    if (!dryRun && !by.elevated) return refuse(reply, proveFirst);
    const gone = new AbortController();
    // A dry run that nobody waits for ends; what removes goes on, as the answer is only its count.
    if (dryRun) request.raw.socket.once('close', () => gone.abort());
    const outcome = await retention.run({
      isDry: dryRun,
      actor: actorOf(by),
      signal: gone.signal,
      ...(rule ? { tried: rule } : {}),
    });
    if (!outcome.ok) return refuse(reply, outcome.error);
    const removed = outcome.value.reduce((sum, chain) => sum + chain.removed, 0);
    const thinned = outcome.value.reduce((sum, chain) => sum + chain.thinned, 0);
    return { dryRun, removed, thinned, chains: outcome.value } satisfies RetentionRunAnswer;
  });

  app.post('/v1/audit/exports', async (request, reply) => {
    const by = await gate(request, reply);
    if (!by) return reply;
    const { principal } = by;
    if (!holdsAnywhere(principal, 'audit.export')) return refuse(reply, needs('audit.export'));
    const body = parseRequest(auditExportSchema, request.body);
    if (!body.ok) return refuse(reply, body.error);
    const { format, filter } = body.value;
    if (format === 'bundle' && Object.keys(filter).some((name) => name !== 'tenantIds'))
      return refuse(reply, wholeChains);
    const mayExport = (tenantId: string) =>
      decideAccess(principal, 'audit.export', { tenantId }).allowed &&
      decideAccess(principal, 'audit.view', { tenantId }).allowed;
    if (filter.tenantIds?.some((tenantId) => !mayExport(tenantId))) return refuse(reply, needs('audit.export'));
    if (!(await spend(exportsOf, principal.id, 1, reply))) return reply;
    const view = viewOf(principal);
    const parts = exportLog.parts(body.value, actorOf(by), {
      mayExport,
      show: (entry) => {
        const shown = view.current(entry);
        return shown && !isTombstone(shown) ? shown : undefined;
      },
    });
    const [type, ending] = contentTypes[format];
    const day = new Date(clock()).toISOString().slice(0, 10);
    return reply
      .headers({ 'content-type': type, 'content-disposition': `attachment; filename="audit-${day}.${ending}"` })
      .send(running(partStream(parts, patience)));
  });
}

function needs(permission: string): Problem {
  return problemOf('forbidden', saying('permission_needed', { permission }));
}

const noSuchChain: Problem = problemOf('not_found', saying('no_such_log'));
const notSigned: Problem = problemOf('unavailable', saying('cannot_sign'));
const proveFirst: Problem = problemOf('reauthentication_required', saying('prove_and_repeat'));
const wholeChains: Problem = problemOf('invalid', saying('whole_logs'), { path: 'filter' });
