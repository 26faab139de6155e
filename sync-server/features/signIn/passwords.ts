import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(argon2);
/** Memory in KiB, as the OWASP password storage cheat sheet asks of Argon2id. */
const cost = { memory: 19_456, passes: 2, parallelism: 1 };
const tagLength = 32;

/** `argon2id$v=19$m=…,t=…,p=…$salt$hash`, base64url; everything a later check needs. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const tag = await derive('argon2id', { message: Buffer.from(password.normalize('NFKC')), nonce, tagLength, ...cost });
  const parameters = `m=${cost.memory},t=${cost.passes},p=${cost.parallelism}`;
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
