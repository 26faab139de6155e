import { request as requestHttp } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import { isPublicAddress, PrivateAddressError, publicLookup } from './publicAddress.ts';

export interface OutgoingRequest {
  method: string;
  /** http or https. */
  url: URL;
  headers: Readonly<Record<string, string>>;
  body: Buffer;
  signal: AbortSignal;
  allowPrivate: boolean;
  /** Bytes of the answer that are kept; the rest is not read. */
  keep: number;
}

export interface ReceivedAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** True: the answer was longer than `keep`. */
  truncated: boolean;
}

/**
 * One request on a connection of its own. Redirections are answers like any other: following one could lead inside.
 * Node's fetch cannot be given the resolution of names, therefore node:http. @throws for anything but an answer.
 */
export function sendRequest(outgoing: OutgoingRequest): Promise<ReceivedAnswer> {
  const { url, method, headers, body, signal, allowPrivate, keep } = outgoing;
  const host = url.hostname.replaceAll(/^\[|\]$/g, '');
  return new Promise((resolve, reject) => {
    if (!allowPrivate && isIP(host) !== 0 && !isPublicAddress(host)) {
      reject(new PrivateAddressError(host, host));
      return;
    }
    const options: RequestOptions = {
      method,
      headers: { ...headers, ...(body.length > 0 || method !== 'GET' ? { 'content-length': body.length } : {}) },
      agent: false,
      signal,
      ...(!allowPrivate && { lookup: publicLookup }),
    };
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, options, (answer) => {
      readAnswer(answer, keep).then(resolve, reject);
    });
    request.on('error', reject);
    request.end(body);
  });
}

async function readAnswer(answer: IncomingMessage, keep: number): Promise<ReceivedAnswer> {
  const chunks: Buffer[] = [];
  let length = 0;
  // Leaving the loop early ends the connection.
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > keep) break;
  }
  const body = Buffer.concat(chunks).subarray(0, keep);
  return { status: answer.statusCode ?? 0, headers: answer.headers, body, truncated: length > keep };
}
