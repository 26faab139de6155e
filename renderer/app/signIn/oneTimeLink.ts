/** What a link from an administrator names: the token, and the server it is for ('' where the link does not say). */
export interface OneTimeLinkParts {
  token: string;
  serverUrl: string;
}

/** The link as it was sent or opened, or only its token as it was pasted. */
export function readOneTimeLink(text: string): OneTimeLinkParts {
  const given = text.trim();
  if (!URL.canParse(given)) return { token: given, serverUrl: '' };
  const url = new URL(given);
  return { token: url.searchParams.get('token') ?? '', serverUrl: originOf(url.searchParams.get('server') ?? '') };
}

/** The same from the place `/link/TOKEN/SERVER` that the shell makes of a link; '' where it is another place. */
export function oneTimeLinkOfPlace(path: string): OneTimeLinkParts | undefined {
  const [, token, server] = /^\/link\/([\w.-]+)(?:\/([\w-]+))?$/.exec(path) ?? [];
  return token === undefined ? undefined : { token, serverUrl: originOf(server ? decode(server) : '') };
}

function decode(text: string): string {
  try {
    return atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  } catch {
    return '';
  }
}

function originOf(address: string): string {
  return URL.canParse(address) ? new URL(address).origin : '';
}
