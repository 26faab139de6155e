import type { ProviderTie } from '#shared/protocol/accounts.ts';
import type { StoreReader } from '../../storage/store.ts';
import { tieOf } from './subjects.ts';

/** To which provider an account is tied, as people are told; `provider` is the one of this server, if it has one. */
export async function providerTie(
  reader: StoreReader,
  staffId: string,
  provider: { issuer: URL; name: string } | undefined,
): Promise<ProviderTie | null> {
  const tie = await tieOf(reader, staffId);
  if (!tie) return null;
  const issuer = URL.canParse(tie.issuer) ? new URL(tie.issuer) : undefined;
  const isOurs = !issuer || issuer.href === provider?.issuer.href;
  return {
    name: (isOurs ? provider?.name : undefined) ?? issuer?.host ?? '',
    since: tie.since === 0 ? '' : new Date(tie.since).toISOString(),
  };
}
