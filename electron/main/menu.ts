import { Menu } from 'electron';
import type { MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '#shared/ipc/contract.ts';
import type { ShellLabels } from './shellLabels.ts';

/** The native menu. What concerns the console is sent to it as a command. */
export function installMenu(labels: ShellLabels, developer: boolean, send: (command: MenuCommand) => void): void {
  const item = (label: string, command: Exclude<MenuCommand['command'], 'open'>, accelerator?: string) => ({
    label,
    ...(accelerator ? { accelerator } : {}),
    click: () => send({ command }),
  });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const developerItems: MenuItemConstructorOptions[] = developer
    ? [separator, { role: 'toggleDevTools' }, { role: 'reload' }]
    : [];
  const template: MenuItemConstructorOptions[] = [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' } satisfies MenuItemConstructorOptions] : []),
    {
      label: labels.file,
      submenu: [
        item(labels.settings, 'settings', 'CmdOrCtrl+,'),
        item(labels.workOffline, 'work-offline'),
        item(labels.lock, 'lock', 'CmdOrCtrl+Shift+L'),
        separator,
        { role: 'quit', label: labels.quit },
      ],
    },
    {
      label: labels.edit,
      submenu: [
        { role: 'undo', label: labels.undo },
        { role: 'redo', label: labels.redo },
        separator,
        { role: 'cut', label: labels.cut },
        { role: 'copy', label: labels.copy },
        { role: 'paste', label: labels.paste },
        { role: 'selectAll', label: labels.selectAll },
      ],
    },
    {
      label: labels.view,
      submenu: [
        item(labels.palette, 'palette', 'CmdOrCtrl+K'),
        item(labels.inbox, 'inbox'),
        item(labels.outbox, 'outbox'),
        separator,
        { role: 'zoomIn', label: labels.larger },
        { role: 'zoomOut', label: labels.smaller },
        { role: 'resetZoom', label: labels.normalSize },
        { role: 'togglefullscreen', label: labels.fullScreen },
        ...developerItems,
      ],
    },
    { label: labels.help, submenu: [item(labels.shortcuts, 'shortcuts', 'F1')] },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
