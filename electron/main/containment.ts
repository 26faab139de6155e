import { app } from 'electron';
import type { Session } from 'electron';
import { isOwnPage } from './appOrigin.ts';
import type { Log } from './logFile.ts';

/**
 * What a page of the console may not do, whatever it contains: leave app://, open windows, hold web views, or get
 * a permission. The one exception is writing text to the clipboard, which "copy" needs.
 */
export function containPages(session: Session, openExternal: (address: string) => Promise<void>, log: Log): void {
  const mayWriteClipboard = (permission: string, page: string) =>
    permission === 'clipboard-sanitized-write' && isOwnPage(page);
  session.setPermissionRequestHandler((_contents, permission, answer, details) =>
    answer(details.isMainFrame && mayWriteClipboard(permission, details.requestingUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, origin) => mayWriteClipboard(permission, origin));
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());

  app.on('web-contents-created', (_created, contents) => {
    contents.on('will-navigate', (event) => {
      if (isOwnPage(event.url)) return;
      event.preventDefault();
      log('warn', 'containment', `refused to navigate to ${event.url}`);
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      openExternal(url).catch((error: unknown) => log('warn', 'containment', `refused to open ${url}`, error));
      return { action: 'deny' };
    });
  });
}
