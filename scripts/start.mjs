// npm start: the sync server with demo data and the console signed in to it. `-- --smoke`: without a person.
import { join } from 'node:path';
import { bootstrap } from './bootstrap.mjs';
import { ensureConsoleBuild } from './build-console.mjs';
import { runCommand } from './command.mjs';
import { demoAccount, electronSwitches } from './console-launch.mjs';
import { openDisplay } from './display.mjs';
import { electronDist, root } from './paths.mjs';
import { serverIsReady, startServer } from './server-process.mjs';
import { runMain, secondsSince, tell } from './tell.mjs';

const port = 4780;

await runMain(async () => {
  const known = new Set(['--smoke']);
  const unknown = process.argv.slice(2).find((parameter) => !known.has(parameter));
  if (unknown) {
    tell(`unknown option "${unknown}". npm start knows one: npm start -- --smoke`);
    return 2;
  }
  const bootstrapStart = performance.now();
  const handedOver = await bootstrap({ desktop: true });
  if (handedOver !== undefined) return handedOver;
  const bootstrapMs = Math.round(performance.now() - bootstrapStart);
  if (process.argv.includes('--smoke')) {
    const { smoke } = await import('./smoke.mjs');
    return smoke({ bootstrapMs });
  }
  return startConsole();
});

async function startConsole() {
  await ensureConsoleBuild();
  const startedAt = performance.now();
  const server = await openServer();
  const display = await openDisplay();
  try {
    tell(`sync server ready at ${server.url} after ${secondsSince(startedAt)}; demo account ${demoAccount.email}`);
    tell('opening the console; close its window or press Ctrl+C to stop');
    return await runCommand(join(electronDist, 'electron'), ['.', ...electronSwitches()], {
      cwd: root,
      env: {
        ...display.environment,
        STEWARD_SERVER_URL: server.url,
        STEWARD_DEMO_EMAIL: demoAccount.email,
        STEWARD_DEMO_PASSWORD: demoAccount.password,
      },
    });
  } finally {
    await display.close();
    await server.stop();
  }
}

/** A server that already answers on the port is used and left running. */
async function openServer() {
  const url = `http://127.0.0.1:${port}`;
  if (await serverIsReady(url)) {
    tell(`using the server that already answers at ${url}`);
    return { url, stop: async () => {} };
  }
  tell('starting the sync server with demo data');
  return startServer({ port, data: join(root, '.steward/server') });
}
