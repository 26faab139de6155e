import { withoutSecrets } from '#shared/kernel/withoutSecrets.ts';

/** Writes errors nobody caught to the log on this machine, so that a report can be made of them. */
export function keepLog(): void {
  const write = (message: string) =>
    void window.steward.log.write({ level: 'error', message: withoutSecrets(message).slice(0, 16_000) });
  window.addEventListener('error', (event) => write(`${event.message} at ${event.filename}:${event.lineno}`));
  window.addEventListener('unhandledrejection', (event) => {
    const reason: unknown = event.reason;
    write(reason instanceof Error ? (reason.stack ?? reason.message) : String(reason));
  });
}
