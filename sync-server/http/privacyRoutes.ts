import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { accessTargetOf, decideAccess } from '#shared/domain/access/decideAccess.ts';
import type { AccessTarget } from '#shared/domain/access/decideAccess.ts';
import { canonicalJson } from '#shared/kernel/canonicalJson.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import { isJsonObject } from '#shared/kernel/json.ts';
import { privacyPreviewSchema } from '#shared/protocol/privacy.ts';
import type { ComplianceAnswer, PrivacyPreview } from '#shared/protocol/privacy.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { privacyRequest } from '#shared/resources/access/privacyRequest.ts';
import type { StoreReader } from '../storage/store.ts';
import { parseRequest } from './parseRequest.ts';
import { partStream } from './partStream.ts';
import { spend } from './rateLimits.ts';
import { refuse } from './refuse.ts';
import type { RouteModule, SignedIn } from './routeModule.ts';
import { idParameters } from './routeParameters.ts';

export interface PrivacyEdges {
  store: Pick<StoreReader, 'getRecords' | 'getEntries'>;
  preview: (asked: PrivacyAsked) => Promise<PrivacyPreview>;
  exportOf: (asked: PrivacyAsked, about: JsonObject) => Promise<AsyncGenerator<string>>;
  compliance: () => Promise<ComplianceAnswer>;
  proofArea: string;
  note: (by: SignedIn, note: PrivacyNote) => Promise<void>;
  now: () => string;
}

export interface PrivacyAsked {
  subjectEmail: string;
  subjectName: string;
  subjectRecords: readonly string[];
  tenantId: string;
}

export interface PrivacyNote {
  action: 'view' | 'export';
  tenantId: string;
  resource: string;
  resourceId: string;
  changes: JsonObject[];
}

/** Each reads everything there is. */
const searchesPerMinute = { points: 10, duration: 60 };
/** Milliseconds that an export waits for its reader. */
const patience = 60_000;
/** States in which somebody has checked who asks. */
const granted: ReadonlySet<string> = new Set(['approved', 'running', 'done']);
const exportsPerHour = { points: 10, duration: 3600 };

/** Where a person's data is, what there is of it, proof of what was done with it, and checks of the whole. */
export function privacyRoutes(edges: PrivacyEdges): RouteModule {
  return (app, gate) => {
    const searches = new RateLimiterMemory(searchesPerMinute);
    const exports = new RateLimiterMemory(exportsPerHour);
    const open = new Set<Readable>();
    const running = (stream: Readable): Readable => {
      open.add(stream);
      return stream.once('close', () => open.delete(stream));
    };
    // A server that stops does not wait for readers.
    app.addHook('preClose', async () => {
      for (const stream of open) stream.destroy();
    });
    app.post('/v1/privacy/preview', async (request, reply) => {
      const person = await gate(request, reply);
      if (!person) return reply;
      const body = parseRequest(privacyPreviewSchema, request.body);
      if (!body.ok) return refuse(reply, body.error);
      const asked = body.value;
      if (!may(person, 'gdpr.view', asked)) return refuse(reply, needs('gdpr.view', asked.tenantId));
      if (asked.subjectEmail.trim().length + asked.subjectName.trim().length < 3 && asked.subjectRecords.length === 0)
        return refuse(reply, nobody);
      if (!(await spend(searches, person.principal.id, 1, reply))) return reply;
      const found = await edges.preview(asked);
      const about = {
        action: 'view',
        tenantId: asked.tenantId,
        resource: privacyRequest.kind,
        resourceId: '',
      } as const;
      const counts = Object.fromEntries(found.kinds.map(({ kind, count }) => [kind, count]));
      await edges.note(person, { ...about, changes: [{ path: 'preview', new: counts }] });
      return found;
    });
    app.get('/v1/privacy/requests/:id/export', async (request, reply) => {
      const person = await gate(request, reply);
      if (!person) return reply;
      const found = await requestOf(person, request.params, 'gdpr.export', reply);
      if (!found) return reply;
      const body = privacyRequest.body.parse(found.body);
      if (body.type !== 'export' || !granted.has(found.status)) return refuse(reply, notGranted);
      if (body.subjectEmail + body.subjectName === '' && body.subjectRecords.length === 0) return refuse(reply, erased);
      if (!(await spend(exports, person.principal.id, 1, reply))) return reply;
      const { id: requestId, tenantId } = found;
      const exportedAt = edges.now();
      const pieces = await edges.exportOf({ ...body, tenantId }, { requestId, exportedAt });
      const about = { action: 'export', tenantId, resource: privacyRequest.kind, resourceId: requestId } as const;
      await edges.note(person, { ...about, changes: [{ path: 'state', new: 'begun' }] });
      const told = tellingEnd(pieces, (state) =>
        edges.note(person, { ...about, changes: [{ path: 'state', new: state }] }),
      );
      return reply
        .type('application/json; charset=utf-8')
        .header('content-disposition', `attachment; filename="personal-data-${requestId}.json"`)
        .send(running(partStream(told, patience)));
    });
    app.get('/v1/privacy/requests/:id/proof', async (request, reply) => {
      const person = await gate(request, reply);
      if (!person) return reply;
      const found = await requestOf(person, request.params, 'gdpr.view', reply);
      if (!found) return reply;
      const document = (await edges.store.getEntries(edges.proofArea, [found.id])).get(found.id);
      if (!isJsonObject(document)) return refuse(reply, notDone);
      return { sha256: createHash('sha256').update(canonicalJson(document)).digest('hex'), document };
    });
    app.get('/v1/compliance', async (request, reply) => {
      const person = await gate(request, reply);
      if (!person) return reply;
      if (!may(person, 'gdpr.view', platform) && !may(person, 'audit.view', platform))
        return refuse(reply, needs('gdpr.view', ''));
      if (!(await spend(searches, person.principal.id, 1, reply))) return reply;
      return edges.compliance();
    });
    /** The request, to those who may see it: to others there is none. undefined: refused. */
    const requestOf = async (
      person: SignedIn,
      parameters: unknown,
      permission: string,
      reply: FastifyReply,
    ): Promise<RecordEnvelope | undefined> => {
      const parsed = parseRequest(idParameters, parameters);
      const record = parsed.ok ? (await edges.store.getRecords([parsed.value.id])).get(parsed.value.id) : undefined;
      const seen =
        record &&
        !isTombstone(record) &&
        record.kind === privacyRequest.kind &&
        may(person, 'gdpr.view', accessTargetOf(record))
          ? record
          : undefined;
      if (!seen) await refuse(reply, unknown);
      else if (!may(person, permission, accessTargetOf(seen))) await refuse(reply, needs(permission, seen.tenantId));
      else return seen;
      return undefined;
    };
  };
}

/** The pieces; says how they ended, also when their reader went away. */
async function* tellingEnd(
  pieces: AsyncGenerator<string>,
  tell: (state: 'ended' | 'broken off') => Promise<void>,
): AsyncGenerator<string> {
  let isWhole = false;
  try {
    yield* pieces;
    isWhole = true;
  } finally {
    await tell(isWhole ? 'ended' : 'broken off');
  }
}

function may({ principal }: SignedIn, permission: string, target: AccessTarget): boolean {
  return decideAccess(principal, permission, target).allowed;
}

const platform: AccessTarget = { tenantId: '' };

function needs(permission: string, tenantId: string): Problem {
  const key = tenantId === '' ? 'permission_needed_everywhere' : 'permission_needed';
  return problemOf('forbidden', saying(key, { permission }));
}

const nobody: Problem = problemOf('invalid', saying('subject_missing'), { path: 'subjectEmail' });
const erased: Problem = problemOf('gone', saying('subject_erased'));
const notGranted: Problem = problemOf('invalid', saying('privacy_request_not_granted'));
const notDone: Problem = problemOf('not_found', saying('no_proof_yet'));
const unknown: Problem = problemOf('not_found', saying('no_such_request'));
