import type { FastifyHelmetOptions } from '@fastify/helmet';

/** Headers of an interface that serves data and never pages: nothing of it may be drawn, framed, or run. */
export function securityHeaders(encrypted: boolean): FastifyHelmetOptions {
  const none = ["'none'"];
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: none, baseUri: none, formAction: none, frameAncestors: none },
    },
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: { policy: 'require-corp' },
    // Over plain HTTP the header means nothing, and a proxy that ends TLS sets its own.
    strictTransportSecurity: encrypted ? { maxAge: 365 * 24 * 3600, includeSubDomains: false } : false,
  };
}
