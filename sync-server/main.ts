import { inspect } from 'node:util';
import { withoutSecrets } from '#shared/kernel/withoutSecrets.ts';
import { createUuidV7Source } from '#shared/kernel/uuidV7.ts';
import { openLog } from './config/openLog.ts';
import { CommandLineError, helpText, readCommandLine } from './config/options.ts';
import { importFile } from './commands/importFile.ts';
import { createRandomBlocks } from './randomBlocks.ts';
import { openSqliteStore } from './storage/sqlite/openSqliteStore.ts';
import { startServer } from './startServer.ts';

const clock = () => Date.now();
const ids = createUuidV7Source(clock, createRandomBlocks());

const end = (error: unknown) => {
  process.stderr.write(`The server ends, by a fault of its own: ${withoutSecrets(inspect(error))}\n`);
  process.exit(1);
};
process.on('uncaughtException', end);
process.on('unhandledRejection', end);

try {
  const line = readCommandLine(process.argv.slice(2), process.env);
  switch (line.command) {
    case 'help':
      process.stdout.write(helpText());
      break;
    case 'import': {
      const store = openSqliteStore(line.options.data, clock);
      try {
        process.exitCode = await importFile(store, line, { clock, ids });
      } finally {
        await store.close();
      }
      break;
    }
    case 'serve': {
      const log = openLog(line.options.log);
      const server = await startServer(line.options, { clock, ids, log });
      const stop = (signal: string) => {
        log.info({ signal }, 'stopping');
        void server.stop().then(
          () => process.exit(0),
          (error: unknown) => {
            log.error({ err: error }, 'could not stop in order');
            process.exit(1);
          },
        );
      };
      // Without a certificate the signal ends the server as ever: its terminal was closed.
      if (line.options['tls-cert'] !== '')
        process.on('SIGHUP', () => {
          try {
            server.reloadCertificate();
            log.info('certificate and key were read again');
          } catch (error) {
            log.error({ err: error }, 'certificate and key stay as they were');
          }
        });
      process.once('SIGTERM', stop);
      process.once('SIGINT', stop);
    }
  }
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${error instanceof CommandLineError ? message : withoutSecrets(message)}\n`);
  process.exitCode = error instanceof CommandLineError ? 2 : 1;
}
