import { parseAddress } from './parseAddress.ts';

export const deepLinkScheme = 'steward';

/** The place in the console that a steward:// link names (`steward://records/rule/ID` is `/records/rule/ID`), or undefined. */
export function deepLinkPath(link: string): string | undefined {
  const url = parseAddress(link);
  if (url?.protocol !== `${deepLinkScheme}:`) return undefined;
  const token = url.host === 'link' ? url.searchParams.get('token') : null;
  const path = token
    ? oneTimeLinkPath(token, url.searchParams.get('server'))
    : `/${url.host}${url.pathname}`.replace(/\/+$/, '');
  return /^(\/[\w.-]+)+$/.test(path) && path.length <= 512 ? path : undefined;
}

/** The place named by the first deep link on a command line, or undefined. */
export function deepLinkInCommandLine(parameters: readonly string[]): string | undefined {
  const link = parameters.find((parameter) => parameter.startsWith(`${deepLinkScheme}://`));
  return link === undefined ? undefined : deepLinkPath(link);
}

/** An invitation or password reset (`steward://link?server=ADDRESS&token=TOKEN`) is the place `/link/TOKEN/SERVER`. */
function oneTimeLinkPath(token: string, server: string | null): string {
  return `/link/${token}${server ? `/${Buffer.from(server).toString('base64url')}` : ''}`;
}
