import { z } from 'zod';
import { offlineDaysSchema } from '../kernel/offlineDays.ts';
import { browserOutcomeSchema, pageLocaleSchema, signOutPathSchema } from './signIn.ts';
import { lockSettingsSchema, lockStateSchema, pinSchema, unlockAnswerSchema } from './lock.ts';

/** What the console asks of the desktop shell. Names are channel names; every call is `invoke` and answers once. */
const text = (most: number) => z.string().max(most);

/** How well the operating system protects the stored session: its keychain, a fixed key, or nothing. */
const protectionSchema = z.enum(['keychain', 'basic', 'none']);
export type Protection = z.infer<typeof protectionSchema>;

const oneSessionSchema = z.strictObject({
  refreshToken: text(8192).min(1),
  email: text(320).min(3),
  serverUrl: text(2048).min(1),
  /** Whose session it is, whatever their e-mail address becomes; absent in sessions of earlier versions. */
  staffId: text(64).optional(),
});
export const storedSessionSchema = oneSessionSchema.extend({
  /** Sessions of others over which somebody signed in, newest first; absent = as they were. They outlive `clear`. */
  left: z.array(oneSessionSchema).max(8).optional(),
});
export type StoredSession = z.infer<typeof storedSessionSchema>;

const appInfoSchema = z.strictObject({
  version: z.string(),
  electron: z.string(),
  chrome: z.string(),
  platform: z.string(),
  serverUrl: z.string(),
  /** Names this installation to the server; made once and kept. */
  clientId: z.uuid(),
  /** The account to sign in with by itself; set by `npm start` only. */
  demo: z.strictObject({ email: z.string(), password: z.string() }).nullable(),
  protection: protectionSchema,
});
export type AppInfo = z.infer<typeof appInfoSchema>;

const saveTextSchema = z.strictObject({
  suggestedName: text(255).regex(/^[^/\\\0]+$/, 'a file name without folders'),
  mimeType: text(100),
  text: text(256 * 1024 * 1024),
});

const sealedName = text(64).regex(/^[\w-]+$/);

const fileNameSchema = z.strictObject({
  suggestedName: text(255).regex(/^[^/\\\0]+$/, 'a file name without folders'),
});
const fileIdSchema = z.uuid();

const logEntrySchema = z.strictObject({ level: z.enum(['info', 'warn', 'error']), message: text(16_384) });

export const ipcContract = {
  /** The session kept from last time, or null. */
  'session.load': { args: z.tuple([]), result: storedSessionSchema.nullable() },
  /** Keeps the session; answers how well it is protected. */
  'session.save': { args: z.tuple([storedSessionSchema]), result: z.strictObject({ protection: protectionSchema }) },
  'session.clear': { args: z.tuple([]), result: z.null() },
  /** Removes the session and what logs and crash reports may hold of its person. */
  'session.wipe': { args: z.tuple([]), result: z.null() },
  'lock.state': { args: z.tuple([]), result: lockStateSchema },
  'lock.settings': { args: z.tuple([]), result: lockSettingsSchema },
  'lock.setAfter': { args: z.tuple([lockSettingsSchema.shape.lockAfterMinutes]), result: z.null() },
  /** Locks the console; it stays locked over a restart. */
  'lock.close': { args: z.tuple([z.enum(['asked', 'idle'])]), result: lockStateSchema },
  /** Tries a password or PIN on this computer. */
  'lock.open': { args: z.tuple([text(1024).min(1)]), result: unlockAnswerSchema },
  /** Somebody signed in with the server; with a password, how to check it here is kept, never itself. */
  'lock.signedIn': { args: z.tuple([text(1024).min(1).nullable()]), result: lockStateSchema },
  /** The password was changed. */
  'lock.setPassword': { args: z.tuple([text(1024).min(1)]), result: lockStateSchema },
  /** A PIN for who has no password; null removes it. */
  'lock.setPin': { args: z.tuple([pinSchema.nullable()]), result: lockStateSchema },
  /** The server said that the session lives, and for how many days the console may be used without it. */
  'lock.contacted': { args: z.tuple([offlineDaysSchema]), result: lockStateSchema },
  /** Unsent edits of a session that was ended, encrypted for the server: kept under a name, read, removed with ''. */
  'sealed.save': { args: z.tuple([sealedName, text(64 * 1024 * 1024)]), result: z.null() },
  'sealed.load': { args: z.tuple([sealedName]), result: z.string() },
  'app.info': { args: z.tuple([]), result: appInfoSchema },
  /** Opens an https address in the person's browser. */
  'app.openExternal': { args: z.tuple([text(2048)]), result: z.null() },
  /** Waits for the person's browser on a port of this machine; the page it is shown there is in this language. */
  'signIn.listen': { args: z.tuple([pageLocaleSchema]), result: z.strictObject({ redirectUri: z.url() }) },
  /** Opens the provider's page; `opened` is false where there is no browser. */
  'signIn.open': { args: z.tuple([text(8192)]), result: z.strictObject({ opened: z.boolean() }) },
  /** Answers when the browser came back, after five minutes at the latest. */
  'signIn.outcome': { args: z.tuple([]), result: browserOutcomeSchema },
  'signIn.cancel': { args: z.tuple([]), result: z.null() },
  /** Sends the person's browser to sign out at the provider, by way of the sync server. */
  'signIn.leave': {
    args: z.tuple([signOutPathSchema]),
    result: z.strictObject({ opened: z.boolean() }),
  },
  /** Remembers another sync server and reloads the window, whose policy names the server. */
  'app.setServerUrl': { args: z.tuple([text(2048)]), result: z.null() },
  /** Asks the person where to save; null when they cancelled. */
  'file.saveText': { args: z.tuple([saveTextSchema]), result: z.strictObject({ path: z.string() }).nullable() },
  /** Asks the person where to save a file that is written piece by piece; null when they cancelled. */
  'file.begin': {
    args: z.tuple([fileNameSchema]),
    result: z.strictObject({ id: fileIdSchema, path: z.string() }).nullable(),
  },
  /** Adds to a file that was begun; answers how many bytes it has. A failure gives the file up. */
  'file.append': {
    args: z.tuple([z.strictObject({ id: fileIdSchema, text: text(8 * 1024 * 1024) })]),
    result: z.strictObject({ bytes: z.int() }),
  },
  /** Puts the whole file in its place, or removes what was written of it. */
  'file.end': {
    args: z.tuple([z.strictObject({ id: fileIdSchema, keep: z.boolean() })]),
    result: z.strictObject({ path: z.string(), bytes: z.int() }).nullable(),
  },
  /** The number on the application's icon; 0 removes it. */
  'shell.setBadge': { args: z.tuple([z.int().min(0).max(1_000_000)]), result: z.null() },
  /** Asks for a port to the process that holds the replica; it comes on the channel `replica.port`. */
  'replica.connect': { args: z.tuple([]), result: z.null() },
  /** Adds a line to the log kept on this machine. */
  'log.write': { args: z.tuple([logEntrySchema]), result: z.null() },
} as const;

type IpcContract = typeof ipcContract;
export type IpcChannel = keyof IpcContract;
export type IpcArguments<Channel extends IpcChannel> = z.infer<IpcContract[Channel]['args']>;
export type IpcResult<Channel extends IpcChannel> = z.infer<IpcContract[Channel]['result']>;

export const ipcChannels = Object.keys(ipcContract) as readonly IpcChannel[];

/** What the native menu and deep links ask of the console; pushed on the channel `menu.command`. */
const menuCommandSchema = z.discriminatedUnion('command', [
  z.strictObject({
    command: z.enum(['palette', 'search', 'settings', 'shortcuts', 'work-offline', 'inbox', 'outbox', 'lock']),
  }),
  /** A place in the console, for example `/records/tenant/0190…`. */
  z.strictObject({ command: z.literal('open'), path: z.string() }),
]);
export type MenuCommand = z.infer<typeof menuCommandSchema>;

export const menuChannel = 'menu.command';
/** Main sends ports on the first, and on the second says that the process behind them ended. */
export const enginePortChannel = 'replica.port';
export const engineLostChannel = 'replica.lost';
/** What the preload script posts to the window together with the port. */
export const enginePortMessage = 'steward.replica.port';
