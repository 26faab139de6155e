/** The address as a URL, or undefined. (`URL.parse` is younger than the oldest Electron that runs this.) */
export function parseAddress(address: string): URL | undefined {
  return URL.canParse(address) ? new URL(address) : undefined;
}
