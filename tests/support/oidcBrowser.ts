/** What a person does with the provider's pages. */
export interface Visit {
  /** Subject to sign in as, where the page asks. */
  as: string;
  /** Turns back at the first page. */
  declines?: boolean;
}

/** A person's browser, as far as a provider's pages need one: it keeps cookies, follows redirections and sends forms. */
export interface OidcBrowser {
  /** Walks from the address through the provider's pages; answers the address on this machine they end at. */
  visit: (address: string, visit: Visit) => Promise<string>;
  /** Walks from the address to the provider's question whether to sign out, and agrees; answers the provider's address of it. */
  signOut: (address: string) => Promise<string>;
  /** How often it was asked to sign in, since the start. */
  signIns: () => number;
}

export function openOidcBrowser(): OidcBrowser {
  const cookies = new Map<string, string>();
  let signIns = 0;
  const load = async (address: string, form?: URLSearchParams): Promise<Response> => {
    const answer = await fetch(address, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form ? { method: 'POST', body: form } : {}),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    return answer;
  };
  return {
    signIns: () => signIns,
    signOut: async (start) => {
      const first = await load(start);
      const there = new URL(first.headers.get('location') ?? '', start).href;
      const page = await (await load(there)).text();
      const action = /action="([^"]+)"/.exec(page)?.[1];
      const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1];
      if (action === undefined || xsrf === undefined)
        throw new Error(`the provider does not ask whether to sign out at ${there}: ${page.slice(0, 400)}`);
      await load(new URL(action, there).href, new URLSearchParams({ xsrf, logout: 'yes' }));
      return there;
    },
    visit: async (start, { as, declines = false }) => {
      let address = start;
      let answer = await load(address);
      for (let step = 0; step < 20; step++) {
        const location = answer.headers.get('location');
        if (location !== null) {
          address = new URL(location, address).href;
          if (new URL(address).pathname === '/callback') return address;
          answer = await load(address);
          continue;
        }
        const page = await answer.text();
        if (declines) {
          answer = await load(`${address}/abort`);
          continue;
        }
        const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
        if (prompt === undefined)
          throw new Error(`the provider answered ${answer.status} at ${address}: ${page.slice(0, 400)}`);
        if (prompt === 'login') signIns++;
        answer = await load(address, new URLSearchParams({ prompt, login: as, password: 'any' }));
      }
      throw new Error('the provider sent the browser around in a circle');
    },
  };
}
