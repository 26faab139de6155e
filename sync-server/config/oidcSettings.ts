import type { SetupAnswer } from '#shared/protocol/accounts.ts';
import { CommandLineError } from './options.ts';
import type { Options } from './options.ts';

/** How this server speaks to its OpenID provider. */
export interface OidcSettings {
  issuer: URL;
  clientId: string;
  /** '' = this server is a public client there. */
  clientSecret: string;
  /** What people call the provider. */
  name: string;
  /** Whoever the provider knows becomes staff, without any role. */
  createsStaff: boolean;
}

type OidcOptions = Pick<Options, 'oidc-issuer' | 'oidc-client-id' | 'oidc-client-secret' | 'oidc-name' | 'oidc-create'>;

/** undefined: nobody signs in through a provider here. @throws CommandLineError when the options do not fit together */
export function oidcSettingsOf(options: OidcOptions): OidcSettings | undefined {
  const { 'oidc-issuer': address, 'oidc-client-id': clientId } = options;
  if (address === '' && clientId === '') return undefined;
  if (address === '') throw new CommandLineError('--oidc-client-id needs --oidc-issuer, the address of the provider.');
  if (clientId === '')
    throw new CommandLineError('--oidc-issuer needs --oidc-client-id, this server as the provider knows it.');
  const issuer = new URL(address);
  if (issuer.protocol !== 'https:' && !isLoopback(issuer.hostname))
    throw new CommandLineError(
      `--oidc-issuer is at ${issuer.host} over http; only a provider on this machine may do without https.`,
    );
  return {
    issuer,
    clientId,
    clientSecret: options['oidc-client-secret'],
    name: options['oidc-name'].trim() || issuer.hostname,
    createsStaff: options['oidc-create'] === 'yes',
  };
}

/** The provider as `GET /v1/setup` tells of it; null = there is none. */
export function oidcMethodOf(options: OidcOptions): SetupAnswer['methods']['oidc'] {
  const settings = oidcSettingsOf(options);
  return settings ? { name: settings.name } : null;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
}
