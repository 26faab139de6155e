import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

/** The key that seals secrets, and the name by which a sealed secret remembers it. */
export interface SecretKey {
  id: string;
  bytes: Uint8Array;
}

const keyLength = 32;
const wanted = '32 bytes as base64 or as 64 hexadecimal digits, for example from `openssl rand -base64 32`';

/**
 * The key of the options or, when none is given (''), the one in `secret.key` of the data directory, which is made at the
 * first start and readable by its owner only. @throws Error when either is no key.
 */
export function loadSecretKey(directory: string, given: string): SecretKey {
  if (given !== '') return readKey(given, `the key for secrets is not usable; expected ${wanted}`);
  mkdirSync(directory, { recursive: true });
  const file = join(directory, 'secret.key');
  const text = readFileIfThere(file) ?? makeFile(file);
  chmodSync(file, 0o600);
  return readKey(text, `${file} holds no key; bring the file back from a backup, expected ${wanted}`);
}

function readKey(text: string, complaint: string): SecretKey {
  const trimmed = text.trim();
  const bytes = /^[0-9a-f]{64}$/i.test(trimmed) ? Buffer.from(trimmed, 'hex') : Buffer.from(trimmed, 'base64');
  if (bytes.length !== keyLength) throw new Error(complaint);
  return { id: createHash('sha256').update('steward secret key').update(bytes).digest('hex').slice(0, 16), bytes };
}

function readFileIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Appears whole or not at all, and once, even when two servers start on the directory. */
function makeFile(file: string): string {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  const handle = openSync(draft, 'wx', 0o600);
  try {
    writeSync(handle, `${randomBytes(keyLength).toString('base64')}\n`);
    fsyncSync(handle);
    linkSync(draft, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    closeSync(handle);
    rmSync(draft, { force: true });
  }
  return readFileSync(file, 'utf8');
}
