import { verifyBundle } from './commands/verifyBundle.ts';

process.exitCode = await verifyBundle(process.argv.slice(2), {
  print: (text) => void process.stdout.write(text),
  tell: (text) => void process.stderr.write(text),
});
