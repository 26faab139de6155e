import type { Json } from './json.ts';

/**
 * What may be written to a log. A log is read by others than those whose secrets pass through a program, and is kept longer
 * than they live: so a value that looks like a secret or names a person's machine or mailbox is left out, at the price of
 * leaving out one too many.
 */
const redacted = '[REDACTED]';

const secretNames =
  /pass(?:word|phrase|wd)|secret|token|authori[sz]ation|cookie|api[-_]?key|private[-_]?key|totp|recovery[-_]?codes?|verifier|credential|callback[-_]?url|redirect[-_]?ur[il]/i;

/** Whether what stands under this name is a secret, whatever it is. */
export function isSecretName(name: string): boolean {
  return secretNames.test(name);
}

type Replacement = readonly [pattern: RegExp, by: string | ((found: string, ...groups: string[]) => string)];

const name = `[\\w-]{0,40}(?:${secretNames.source})[\\w-]{0,40}`;
const quoted = String.raw`\\"[^"\\]*\\?"?|"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?`;
const replacements: readonly Replacement[] = [
  // An engine quotes what it could not parse.
  [/(?:\.\.\.)?"[^\n]{0,120}?"(?:\.\.\.)? is not valid JSON/g, `${redacted} is not valid JSON`],
  [/\b(Bearer|Basic|Digest)\s+[\w.~+/=-]+/gi, `$1 ${redacted}`],
  [/\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)*/g, redacted],
  [/\b(stw|whsec|sk|pk|ghp|xox[abp])[-_][\w+/=-]{8,}/g, `$1_${redacted}`],
  [/(\b[a-z][a-z\d+.-]*:\/\/)[^\s/?#@]{1,300}@/gi, `$1${redacted}@`],
  [/([?&#](?:code|state|nonce|flow|key|sig|session)=)[^&\s"'#]+/gi, `$1${redacted}`],
  [
    new RegExp(String.raw`(\\?["']?\b${name}\\?["']?\s*[:=]\s*)(?:${quoted}|[^\s&,;"'{}()[\]]+)`, 'gi'),
    `$1${redacted}`,
  ],
  [/(?<![\w/.@-])[\w-]{32,}={0,2}(?![\w/-]|\.\w)/g, (found) => (isRandom(found) ? redacted : found)],
  [/(?<![\w.+%-])[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g, '[e-mail]'],
  [
    /(?<![\w:.])(?:(?:[\da-f]{1,4}:){7}[\da-f]{1,4}|(?:[\da-f]{1,4}(?::[\da-f]{1,4})*)?::(?:[\da-f]{1,4}(?::[\da-f]{1,4})*)?)(?:%\w+)?(?![\w:]|\.\d)/gi,
    (found) => (found === '::' || found === '::1' ? found : '[address]'),
  ],
  [
    /(?<![\w.])(?:::(?:ffff:)?)?(?:\d{1,3}\.){3}\d{1,3}(?!\w|\.\d)/gi,
    (found) => (/^(?:::ffff:)?127\.|^0\.0\.0\.0$/.test(found) ? found : '[address]'),
  ],
];

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Letters of both cases and digits all through: a key or a token, no name. */
function isRandom(text: string): boolean {
  return !uuid.test(text) && /\d/.test(text) && /[A-Z]/.test(text) && /[a-z]/.test(text);
}

/** Characters of a text that are looked at and kept. */
const longest = 32_768;

/** The text without passwords, tokens, keys, cookies, e-mail and network addresses (loopback aside); long ones are cut. */
export function withoutSecrets(text: string): string {
  let shown = text.length > longest ? `${text.slice(0, longest)} …` : text;
  for (const [pattern, by] of replacements) shown = shown.replace(pattern, by as string);
  return shown;
}

/** The value with all its texts so, and nothing under a name that stands for a secret. */
export function redactSecrets(value: Json): Json {
  if (typeof value === 'string') return withoutSecrets(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(redactSecrets);
  return Object.fromEntries(
    Object.entries(value).map(([key, held]) => [key, isSecretName(key) ? redacted : redactSecrets(held)]),
  );
}
