import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrowserOutcome, PageLocale } from '#shared/ipc/signIn.ts';
import { callbackPage } from './callbackPage.ts';
import { signInAddress } from './signInAddress.ts';

/** Sign-in in the person's own browser, which comes back to an address on this machine (RFC 8252). One at a time. */
export interface SignInBrowser {
  /** Listens on a port of its own on the loopback address; another sign-in that still waits is cancelled. */
  listen: (locale: PageLocale) => Promise<{ redirectUri: string }>;
  /** Opens the provider's page. `opened` is false where there is no browser: the person can still copy the address. */
  open: (address: string) => Promise<{ opened: boolean }>;
  /** What the browser came back with. */
  outcome: () => Promise<BrowserOutcome>;
  cancel: () => void;
  /** Opens the address of this console's server that leads to the provider's sign-out; nothing comes back. */
  leave: (address: string) => Promise<{ opened: boolean }>;
}

interface SignInBrowserParts {
  openExternal: (address: string) => Promise<void>;
  /** The browser came back. */
  onReturn: () => void;
  /** Milliseconds that a person may take; default five minutes. */
  patience?: number;
}

interface Waiting {
  /** What the provider must send back; '' = nothing was asked of it yet, so nothing is expected. */
  state: string;
  outcome: Promise<BrowserOutcome>;
  end: (outcome: BrowserOutcome) => void;
}

const longestAddress = 8192;

export function createSignInBrowser({ openExternal, onReturn, patience = 300_000 }: SignInBrowserParts): SignInBrowser {
  let waiting: Waiting | undefined;
  const cancel = () => waiting?.end({ outcome: 'cancelled' });
  const show = async (address: string): Promise<{ opened: boolean }> => {
    try {
      await openExternal(address);
      return { opened: true };
    } catch {
      return { opened: false };
    }
  };

  return {
    listen: async (locale) => {
      cancel();
      const server = createServer({ maxHeaderSize: 2 * longestAddress });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      const mine = waitFor(server, patience);
      waiting = mine;
      server.on('request', (request, response) => {
        const url = callbackOf(request, port, mine.state);
        answer(response, url ? { status: 200, page: callbackPage(locale) } : { status: 404, page: '' });
        if (!url) return;
        mine.end({ outcome: 'returned', url });
        onReturn();
      });
      return { redirectUri: `http://127.0.0.1:${port}/callback` };
    },
    open: async (address) => {
      if (!waiting) throw new Error('nobody waits for a browser; listen first');
      const url = signInAddress(address);
      waiting.state = url.searchParams.get('state') ?? '';
      return show(url.href);
    },
    leave: show,
    outcome: async () => (waiting ? waiting.outcome : { outcome: 'cancelled' }),
    cancel,
  };
}

/** Ends with the first outcome, and the server with it; what is being answered still is. */
function waitFor(server: Server, patience: number): Waiting {
  let tell: (outcome: BrowserOutcome) => void = () => undefined;
  const outcome = new Promise<BrowserOutcome>((resolve) => (tell = resolve));
  const timer = setTimeout(() => waiting.end({ outcome: 'timed_out' }), patience);
  const waiting: Waiting = {
    state: '',
    outcome,
    end: (ended) => {
      clearTimeout(timer);
      tell(ended);
      server.close();
      server.closeIdleConnections();
    },
  };
  return waiting;
}

/** The whole address, if this is the provider's answer to what was asked; whatever else knocks is sent away. */
function callbackOf(request: IncomingMessage, port: number, state: string): string | undefined {
  const { method, url = '', headers } = request;
  const own = `127.0.0.1:${port}`;
  if (method !== 'GET' || headers.host !== own || url.length > longestAddress || state === '') return undefined;
  const address = URL.canParse(url, `http://${own}`) ? new URL(url, `http://${own}`) : undefined;
  const isAnswer =
    address?.host === own && address.pathname === '/callback' && address.searchParams.get('state') === state;
  return isAnswer ? address.href : undefined;
}

function answer(response: ServerResponse, { status, page }: { status: number; page: string }): void {
  response
    .writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      connection: 'close',
    })
    .end(page);
}
