// An empty window for drawing; used by make-icons.mjs only.
import { BrowserWindow, app } from 'electron';

app.once('ready', () => void new BrowserWindow({ show: false }).loadURL('data:text/html,<title>blank</title>'));
