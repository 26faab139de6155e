/**
 * The policy of every page of the console, as a header. The server is the only foreign address it may speak to.
 * Styles may be inline because Mantine writes its theme variables into a style element; scripts never.
 */
export function contentSecurityPolicy(serverUrl: string): string {
  const { host, protocol } = new URL(serverUrl);
  const secure = protocol === 'https:' ? 's' : '';
  const directives = {
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self' 'unsafe-inline'",
    'img-src': "'self' data:",
    'font-src': "'self'",
    'connect-src': `'self' http${secure}://${host} ws${secure}://${host}`,
    'worker-src': "'self'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
  };
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');
}
