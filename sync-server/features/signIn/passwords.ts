import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(argon2);
/** Memory in KiB, as the OWASP password storage cheat sheet asks of Argon2id. */
const cost = { memory: 19_456, passes: 2, parallelism: 1 };
const tagLength = 32;
const parameters = `m=${cost.memory},t=${cost.passes},p=${cost.parallelism}`;

/** `argon2id$v=19$m=…,t=…,p=…$salt$hash`, base64url; everything a later check needs. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const tag = await derive('argon2id', { message: Buffer.from(password.normalize('NFKC')), nonce, tagLength, ...cost });
  return ['argon2id', 'v=19', parameters, nonce.toString('base64url'), tag.toString('base64url')].join('$');
}

/** Takes as long for a person who does not exist (`undefined`) as for one who does. */
export async function passwordMatches(password: string, secret: string | undefined): Promise<boolean> {
  const parts = /^argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w-]+)\$([\w-]+)$/.exec(secret ?? '');
  const [, memory, passes, parallelism, salt, hash] = parts ?? [];
  const expected = Buffer.from(hash ?? '', 'base64url');
  const tag = await derive('argon2id', {
    message: Buffer.from(password.normalize('NFKC')),
    nonce: salt ? Buffer.from(salt, 'base64url') : Buffer.alloc(16),
    tagLength,
    memory: Number(memory ?? cost.memory),
    passes: Number(passes ?? cost.passes),
    parallelism: Number(parallelism ?? cost.parallelism),
  });
  return expected.length === tag.length && timingSafeEqual(expected, tag);
}

/** True when a secret was made with other parameters than those of today, so that the next sign-in should make it anew. */
export function isOutdated(secret: string): boolean {
  return !secret.startsWith(`argon2id$v=19$${parameters}$`);
}

export interface Passwords {
  /** undefined: too many wait already. */
  hash: (password: string) => Promise<string | undefined>;
  matches: (password: string, secret: string | undefined) => Promise<boolean | undefined>;
}

/** Derivations at once. Each takes 19 MiB and one of the four threads that also read files. */
const atOnce = 2;
/** How many may wait for their turn: about three seconds of work. */
const mostWaiting = 200;

/** Derivations in turn, so that a flood of sign-ins takes neither all the memory nor all the threads. */
export function createPasswords(
  bounds: { atOnce: number; waiting: number } = { atOnce, waiting: mostWaiting },
): Passwords {
  const waiting: (() => void)[] = [];
  let running = 0;
  const inTurn = async <Value>(work: () => Promise<Value>): Promise<Value | undefined> => {
    if (running >= bounds.atOnce) {
      if (waiting.length >= bounds.waiting) return undefined;
      // Whoever ends hands over the place that this one takes.
      await new Promise<void>((wake) => void waiting.push(wake));
    } else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
  return {
    hash: (password) => inTurn(() => hashPassword(password)),
    matches: (password, secret) => inTurn(() => passwordMatches(password, secret)),
  };
}
