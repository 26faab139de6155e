// An empty window for drawing; used by make-icons.mjs only.
import { BrowserWindow, app } from 'electron';

app.whenReady().then(() => new BrowserWindow({ show: false }).loadURL('data:text/html,<title>blank</title>'));
