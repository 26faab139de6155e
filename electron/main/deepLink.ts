import { parseAddress } from './parseAddress.ts';

export const deepLinkScheme = 'steward';

/** The place in the console that a steward:// link names (`steward://records/rule/ID` is `/records/rule/ID`), or undefined. */
export function deepLinkPath(link: string): string | undefined {
  const url = parseAddress(link);
  if (url?.protocol !== `${deepLinkScheme}:`) return undefined;
  const path = `/${url.host}${url.pathname}`.replace(/\/+$/, '');
  return /^(\/[\w.-]+)+$/.test(path) && path.length <= 512 ? path : undefined;
}

/** The place named by the first deep link on a command line, or undefined. */
export function deepLinkInCommandLine(parameters: readonly string[]): string | undefined {
  const link = parameters.find((parameter) => parameter.startsWith(`${deepLinkScheme}://`));
  return link === undefined ? undefined : deepLinkPath(link);
}
