import { join } from 'node:path';
import type { Options } from './config/options.ts';
import { loadSecretKey } from './features/secrets/secretKey.ts';
import type { SecretKey } from './features/secrets/secretKey.ts';

/** The key that seals what the server keeps secret: of the options or beside the store. @throws Error when it is no key. */
export function loadServerKey(options: Options): SecretKey {
  const directory = options.data === ':memory:' ? join('.steward', 'server') : options.data;
  return loadSecretKey(directory, options['secret-key']);
}
