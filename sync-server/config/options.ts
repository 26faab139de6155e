import { parseArgs } from 'node:util';
import { defaultDemoSizes } from '../features/demo/demoOptions.ts';

interface OptionSpec {
  type: 'string' | 'number' | 'choice';
  default: string | number;
  help: string;
  choices?: readonly string[];
  /** Of a text that must be a URL, or empty: with which protocols. */
  protocols?: readonly string[];
  /** Bounds of a number, both included. */
  range?: readonly [number, number];
  /** Environment variable that stands in for the option, for secrets that must not show in a process list. */
  environment?: string;
}

const anyCount = [0, 10_000_000] as const;

/** Every option of the server, once: type, default and help. */
export const optionSpecs = {
  port: { type: 'number', default: 4780, range: [0, 65_535], help: 'TCP port; 0 takes a free one' },
  host: { type: 'string', default: '127.0.0.1', help: 'address to listen on; 0.0.0.0 for a team' },
  data: { type: 'string', default: '.steward/server', help: 'directory of the embedded store' },
  seed: {
    type: 'choice',
    default: 'none',
    choices: ['demo', 'none'],
    help: 'fill an empty store with demo data and accounts',
  },
  log: {
    type: 'choice',
    default: 'info',
    choices: ['silent', 'error', 'warn', 'info', 'debug'],
    help: 'least severe level that is written',
  },
  'tombstone-days': {
    type: 'number',
    default: 30,
    range: [1, 3650],
    help: 'how long deletions are remembered; consoles away longer pull everything again',
  },
  'allowed-origins': {
    type: 'string',
    default: 'app://steward',
    help: 'origins whose pages may talk to this server, with commas between them',
  },
  'admin-email': {
    type: 'string',
    default: '',
    help: 'first administrator of an empty store',
    environment: 'STEWARD_ADMIN_EMAIL',
  },
  'admin-password': {
    type: 'string',
    default: '',
    help: 'password of that administrator, at least 12 characters',
    environment: 'STEWARD_ADMIN_PASSWORD',
  },
  'public-url': {
    type: 'string',
    default: '',
    protocols: ['http', 'https'],
    help: 'address under which others reach this server, for links and webhook addresses',
  },
  'oidc-issuer': {
    type: 'string',
    default: '',
    protocols: ['http', 'https'],
    help: 'issuer of the OpenID provider that staff may sign in with; http only on this machine',
  },
  'oidc-client-id': { type: 'string', default: '', help: 'this server as that provider knows it' },
  'oidc-client-secret': {
    type: 'string',
    default: '',
    help: 'its secret there, where the provider gave one',
    environment: 'STEWARD_OIDC_CLIENT_SECRET',
  },
  'oidc-name': { type: 'string', default: '', help: 'what the sign-in page calls that provider' },
  'oidc-create': {
    type: 'choice',
    default: 'no',
    choices: ['yes', 'no'],
    help: 'whether whoever that provider knows becomes staff, without any role, by signing in',
  },
  'offline-days': {
    type: 'number',
    default: 14,
    range: [0, 90],
    help: 'how long a console may be used without this server, in days; 0 = fifteen minutes',
  },
  'tls-cert': { type: 'string', default: '', help: 'PEM file of the certificate and its chain, for HTTPS' },
  'tls-key': { type: 'string', default: '', help: 'PEM file of its private key; both are read again on SIGHUP' },
  'trust-proxy': {
    type: 'string',
    default: '',
    help: 'addresses or networks (10.0.0.0/8) of reverse proxies, with commas; their X-Forwarded-For is believed',
  },
  'max-connections': {
    type: 'number',
    default: 20_000,
    range: [1, 1_000_000],
    help: 'consoles that may be connected at once',
  },
  'max-connections-per-person': {
    type: 'number',
    default: 100,
    range: [1, 100_000],
    help: 'consoles that one person may have connected at once',
  },
  'connect-seconds': {
    type: 'number',
    default: 10,
    range: [1, 300],
    help: 'how long a connection or a request may take to say who it is',
  },
  metrics: {
    type: 'choice',
    default: 'local',
    choices: ['local', 'open'],
    help: 'whether /metrics answers this machine only, or everybody',
  },
  'requests-per-minute': {
    type: 'number',
    default: 100,
    range: [1, 1_000_000],
    help: 'HTTP requests of one person in a minute, pages of records aside',
  },
  'events-per-minute': {
    type: 'number',
    default: 60_000,
    range: [1, 100_000_000],
    help: 'events that one API key may send in a minute',
  },
  'runs-per-minute': {
    type: 'number',
    default: 600,
    range: [1, 1_000_000],
    help: 'rule runs that one tenant may start in a minute',
  },
  'engine-concurrency': { type: 'number', default: 16, range: [1, 1000], help: 'jobs of the engine at once' },
  'smtp-url': {
    type: 'string',
    default: '',
    protocols: ['smtp', 'smtps'],
    help: 'mail server of rules, smtp://user:password@host:port; without one, steps that send mail fail',
    environment: 'STEWARD_SMTP_URL',
  },
  'smtp-from': { type: 'string', default: '', help: 'sender of that mail, Name <address>' },
  'webhook-allow-private': {
    type: 'choice',
    default: 'no',
    choices: ['yes', 'no'],
    help: 'whether rules may call loopback and private addresses',
  },
  'ai-url': {
    type: 'string',
    default: '',
    protocols: ['http', 'https'],
    help: 'base of an OpenAI-compatible service for decisions of rules, for example http://127.0.0.1:8080/v1',
  },
  'ai-model': { type: 'string', default: '', help: 'model of that service' },
  'ai-key': { type: 'string', default: '', help: 'key of that service', environment: 'STEWARD_AI_KEY' },
  'secret-key': {
    type: 'string',
    default: '',
    help: 'key that seals secrets, 32 bytes in base64; without one, secret.key of the data directory',
    environment: 'STEWARD_SECRET_KEY',
  },
  'demo-tenants': { type: 'number', default: defaultDemoSizes.tenants, range: [1, 10_000], help: 'demo: tenants' },
  'demo-rules': { type: 'number', default: defaultDemoSizes.rules, range: anyCount, help: 'demo: automation rules' },
  'demo-events': { type: 'number', default: defaultDemoSizes.events, range: anyCount, help: 'demo: events' },
  'demo-audit': {
    type: 'number',
    default: defaultDemoSizes.auditEntries,
    range: anyCount,
    help: 'demo: audit entries',
  },
  'demo-referrals': { type: 'number', default: defaultDemoSizes.referrals, range: anyCount, help: 'demo: referrals' },
  'demo-clicks': { type: 'number', default: defaultDemoSizes.clicks, range: anyCount, help: 'demo: clicks' },
  'demo-anomalies': { type: 'number', default: defaultDemoSizes.anomalies, range: anyCount, help: 'demo: anomalies' },
} as const satisfies Record<string, OptionSpec>;

type Specs = typeof optionSpecs;
type OptionName = keyof Specs;
export type Options = {
  [Name in OptionName]: Specs[Name]['type'] extends 'number'
    ? number
    : Specs[Name] extends { choices: readonly (infer Choice)[] }
      ? Choice
      : string;
};

export type CommandLine =
  | { command: 'serve'; options: Options }
  | { command: 'import'; file: string; kind: string; options: Options }
  | { command: 'help' };

/** A command line that cannot be followed; the message says what was wrong and what is expected. */
export class CommandLineError extends Error {}

/** Reads the command line (without node and script). @throws CommandLineError */
export function readCommandLine(
  parameters: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): CommandLine {
  const { values, positionals } = parse(parameters);
  if (values['help'] === true) return { command: 'help' };
  const options = Object.fromEntries(
    (Object.keys(optionSpecs) as OptionName[]).map((name) => {
      const spec: OptionSpec = optionSpecs[name];
      const given = values[name] ?? (spec.environment ? environment[spec.environment] : undefined);
      return [name, typeof given === 'string' ? readValue(name, spec, given) : spec.default];
    }),
  ) as Options;
  if (positionals.length === 0) return { command: 'serve', options };
  const [command, file, ...rest] = positionals;
  if (command !== 'import')
    throw new CommandLineError(`"${command}" is not a command. There is one: import FILE. See --help.`);
  if (file === undefined || rest.length > 0) throw new CommandLineError('import takes exactly one file: import FILE.');
  return { command: 'import', file, kind: typeof values['kind'] === 'string' ? values['kind'] : '', options };
}

function parse(parameters: readonly string[]): {
  values: Readonly<Record<string, string | boolean | undefined>>;
  positionals: readonly string[];
} {
  try {
    return parseArgs({
      args: withLogLevel(parameters),
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        kind: { type: 'string' },
        ...Object.fromEntries(Object.keys(optionSpecs).map((name) => [name, { type: 'string' as const }])),
      },
    });
  } catch (error) {
    throw new CommandLineError(`${error instanceof Error ? error.message : String(error)} See --help.`);
  }
}

/** `--log` by itself asks for the usual level. */
function withLogLevel(parameters: readonly string[]): string[] {
  return parameters.map((parameter, index) => {
    const next = parameters[index + 1];
    return parameter === '--log' && (next === undefined || next.startsWith('--')) ? '--log=info' : parameter;
  });
}

function readValue(name: string, spec: OptionSpec, given: string): string | number {
  if (spec.type === 'choice') {
    if (spec.choices?.includes(given)) return given;
    throw new CommandLineError(`--${name} is "${given}"; it may be ${spec.choices?.join(', ')}.`);
  }
  if (spec.type === 'string') {
    const protocol = URL.canParse(given) ? new URL(given).protocol.slice(0, -1) : '';
    if (!spec.protocols || given === '' || spec.protocols.includes(protocol)) return given;
    throw new CommandLineError(
      `--${name} is no URL; it must begin with ${spec.protocols.map((one) => `${one}://`).join(' or ')}.`,
    );
  }
  const value = Number(given);
  const [least, most] = spec.range ?? [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
  if (given.trim() !== '' && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new CommandLineError(`--${name} is "${given}"; it must be a whole number from ${least} to ${most}.`);
}

export function helpText(): string {
  const lines = (Object.keys(optionSpecs) as OptionName[]).map((name) => {
    const spec: OptionSpec = optionSpecs[name];
    const what = spec.choices ? spec.choices.join('|') : spec.type === 'number' ? 'N' : 'TEXT';
    const fallback = spec.default === '' ? '' : ` (default ${spec.default})`;
    const variable = spec.environment ? `; or ${spec.environment}` : '';
    return `  ${`--${name} ${what}`.padEnd(28)}${spec.help}${fallback}${variable}`;
  });
  return [
    'The sync server of Steward.',
    '',
    'Usage: npm run server -- [options]',
    '       npm run server -- import FILE [--kind KIND] [options]   JSON Lines or CSV, all rows or none',
    '',
    'Options:',
    ...lines,
    `  ${'--kind KIND'.padEnd(28)}kind of every row of an imported file that names none`,
    `  ${'--help'.padEnd(28)}this text`,
    '',
  ].join('\n');
}
