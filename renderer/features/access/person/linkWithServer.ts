/**
 * The link with the address under which this console reaches the server, where the server knows none of its own: a console that
 * opens it may never have heard of any. The server itself must not guess, since a token goes with the address.
 */
export function linkWithServer(link: string, serverUrl: string): string {
  const url = new URL(link);
  const token = url.searchParams.get('token') ?? '';
  if (url.searchParams.get('server')) return link;
  return `${link.slice(0, link.indexOf('?'))}?${new URLSearchParams({ server: serverUrl, token }).toString()}`;
}
