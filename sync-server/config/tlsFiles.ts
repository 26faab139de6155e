import { X509Certificate, createPrivateKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { CommandLineError } from './options.ts';
import type { Options } from './options.ts';

/** PEM texts. */
export interface TlsFiles {
  /** The server's certificate, then those that vouch for it. */
  cert: string;
  key: string;
}

/** Reads certificate and key; undefined = the server speaks plain HTTP. @throws CommandLineError that says what to mend */
export function readTlsFiles(options: Pick<Options, 'tls-cert' | 'tls-key'>): TlsFiles | undefined {
  const { 'tls-cert': certFile, 'tls-key': keyFile } = options;
  if (certFile === '' && keyFile === '') return undefined;
  if (keyFile === '') throw new CommandLineError('--tls-cert needs --tls-key, the file of its private key.');
  if (certFile === '') throw new CommandLineError('--tls-key needs --tls-cert, the file of its certificate.');
  const [cert, key] = [readText('tls-cert', certFile), readText('tls-key', keyFile)];
  if (!certificateOf(certFile, cert).checkPrivateKey(keyOf(keyFile, key)))
    throw new CommandLineError(`--tls-key ${keyFile} is not the key of the first certificate in ${certFile}.`);
  return { cert, key };
}

function readText(option: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new CommandLineError(`--${option} ${file} cannot be read (${reason}).`);
  }
}

function certificateOf(file: string, pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw new CommandLineError(`--tls-cert ${file} holds no certificate in PEM form (-----BEGIN CERTIFICATE-----).`);
  }
}

function keyOf(file: string, pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    throw new CommandLineError(
      `--tls-key ${file} holds no private key in PEM form without a passphrase (-----BEGIN PRIVATE KEY-----).`,
    );
  }
}
