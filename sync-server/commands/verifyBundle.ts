import { createReadStream } from 'node:fs';
import { parseArgs, TextDecoder } from 'node:util';
import type { ChainReport, Finding, FindingKind } from '#shared/domain/audit/auditTypes.ts';
import { createBundleReader } from '#shared/domain/audit/bundleReader.ts';
import type { BundleReport } from '#shared/domain/audit/bundleReader.ts';
import { serverCrypto } from '../sync/serverCrypto.ts';

export interface VerifyOutput {
  /** The result. */
  print: (text: string) => void;
  /** Progress and refusals. */
  tell: (text: string) => void;
}

const usage = `Usage: npm run verify -- [--json] [--key <key id>] <bundle.json>

Checks an audit bundle without a server and without an account; '-' reads it from standard input.

  --json          the report as JSON on standard output
  --key <key id>  the bundle must be signed by a line of keys with this one, which you know from
                  elsewhere (GET /v1/audit/keys of the server, or an earlier bundle)

Ends with 0 when everything holds, 1 with findings, 2 when the bundle cannot be read.
See docs/audit.md.
`;
const tellEvery = 25_000;

/** The auditor's command: parameters in, exit code out. */
export async function verifyBundle(parameters: readonly string[], { print, tell }: VerifyOutput): Promise<0 | 1 | 2> {
  const line = readLine(parameters);
  if (line === 'help') {
    print(usage);
    return 0;
  }
  if (!line) {
    tell(usage);
    return 2;
  }
  try {
    const report = await read(line, tell);
    print(line.json ? `${JSON.stringify(report, undefined, 2)}\n` : asText(report));
    return report.holds ? 0 : 1;
  } catch (error) {
    tell(`The bundle cannot be read: ${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
}

interface Line {
  file: string;
  json: boolean;
  key: string;
}

function readLine(parameters: readonly string[]): Line | 'help' | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...parameters],
      allowPositionals: true,
      options: { json: { type: 'boolean' }, key: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
    if (values.help) return 'help';
    const [file, ...others] = positionals;
    return file === undefined || others.length > 0
      ? undefined
      : { file, json: values.json ?? false, key: values.key ?? '' };
  } catch {
    return undefined;
  }
}

async function read({ file, key }: Line, tell: VerifyOutput['tell']): Promise<BundleReport> {
  const reader = createBundleReader(key, serverCrypto);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let bytes = 0;
  let told = 0;
  for await (const chunk of file === '-' ? process.stdin : createReadStream(file, { highWaterMark: 1 << 18 })) {
    const part = chunk as Buffer;
    reader.feed(decode(decoder, part, bytes));
    bytes += part.length;
    if (reader.count() - told < tellEvery) continue;
    told = reader.count();
    tell(`${told} entries, ${Math.round(bytes / 1_048_576)} MiB\n`);
  }
  reader.feed(decode(decoder, undefined, bytes));
  return reader.finish();
}

function decode(decoder: TextDecoder, part: Buffer | undefined, position: number): string {
  try {
    return part ? decoder.decode(part, { stream: true }) : decoder.decode();
  } catch (error) {
    throw new Error(`it is no UTF-8 behind byte ${position}`, { cause: error });
  }
}

function asText(report: BundleReport): string {
  const { serverId, exportedAt, exportedBy, keyIds, isSealed, chains, findings } = report;
  const count = (of: (chain: ChainReport) => number) => chains.reduce((sum, chain) => sum + of(chain), 0);
  const wrong = findings.length + count((chain) => chain.findings.length);
  const total = `${chains.length} logs, ${count((chain) => chain.entries)} entries`;
  return [
    `Audit bundle of server ${safe(serverId)}, exported ${safe(exportedAt)} by ${safe(exportedBy)}`,
    `Keys, the first one first: ${keyIds.join(', ') || 'none'}`,
    isSealed
      ? 'Sealed by the server: no log and no end of one was taken from it.'
      : 'Not sealed by a server: whole logs, or the end of one with its signed head, could be missing from it.',
    ...findings.map((one) => `  ${describe(one)}`),
    '',
    ...chains.flatMap((chain) => [chainLine(chain), ...chain.findings.map((one) => `  ${describe(one)}`)]),
    '',
    wrong === 0 ? `${total}: everything holds.` : `${total}: ${wrong} FINDINGS.`,
    '',
  ].join('\n');
}

function chainLine(chain: ChainReport & { name: string }): string {
  const { tenantId, name, entries, removed, thinned, withheld, beginsAt, endsAt, signedUpTo, findings } = chain;
  const parts = [
    entries === 0 ? 'no entries' : `${beginsAt} to ${endsAt}`,
    removed > 0 ? `${removed} removed by retention` : '',
    thinned > 0 ? `content of ${thinned} removed by retention` : '',
    withheld > 0 ? `${withheld} values erased or withheld` : '',
    signedUpTo > 0 ? `signed up to ${signedUpTo}` : 'NOT SIGNED',
    findings.length === 0 ? 'holds' : `${findings.length} FINDINGS`,
  ];
  const title = tenantId === '' ? 'platform' : [safe(name), safe(tenantId)].filter((text) => text !== '').join(' ');
  return `${title}: ${parts.filter((text) => text !== '').join(', ')}`;
}

const words: Record<FindingKind, string> = {
  altered: 'was altered: its hash does not follow from it',
  missing: 'is missing',
  inserted: 'was inserted: its number is taken',
  reordered: 'is out of order',
  broken_link: 'does not link to the entry before it',
  truncated: 'and what follows is missing, though signed',
  forked: 'is another one than was signed',
  foreign: 'belongs to another log',
  uncovered: 'lost its content, and no signed marker covers that',
  bad_signature: 'carries a signature that is not right',
  unknown_key: 'names a key that is not of this server',
  retired_key: 'was signed with a key after its retirement',
};

function describe({ kind, number, id, expected, found }: Finding): string {
  const what = number === 0 ? 'A signed statement' : `Number ${number}`;
  const of = id === '' ? '' : ` (${safe(id)})`;
  return `${what}${of} ${words[kind]}. Expected ${safe(expected)}, found ${safe(found)}.`;
}

/** What a bundle says must not steer a terminal. */
function safe(text: string): string {
  return text.replaceAll(/\p{C}/gu, '?').slice(0, 200);
}
