import type { WebContents } from 'electron';
import type { IpcAnswer, IpcRefusalCode } from '#shared/ipc/answer.ts';
import { ipcChannels, ipcContract } from '#shared/ipc/contract.ts';
import type { IpcArguments, IpcChannel, IpcResult } from '#shared/ipc/contract.ts';
import { isOwnPage } from '../appOrigin.ts';

export type IpcHandlers = {
  [Channel in IpcChannel]: (
    ...parameters: [...IpcArguments<Channel>, caller: IpcCaller]
  ) => IpcResult<Channel> | Promise<IpcResult<Channel>>;
};

/** The frame that sends a call, as far as the decision needs it; structurally Electron's WebFrameMain. */
export interface CallingFrame {
  url: string;
  parent: unknown;
}

/** The window that calls; Electron's WebContents. */
export type IpcCaller = WebContents;

/** The part of Electron's ipcMain that is used here. */
export interface IpcReceiver {
  handle: (
    channel: string,
    listener: (
      event: { senderFrame: CallingFrame | null; sender: IpcCaller },
      ...parameters: unknown[]
    ) => Promise<IpcAnswer>,
  ) => void;
}

/** Called with what a person has to look at: refused senders, malformed arguments and failures. */
export type IpcComplaint = (message: string, error?: unknown) => void;

/** Answers every channel of the contract, and nothing else. Senders are checked and arguments parsed here only. */
export function handleIpc(receiver: IpcReceiver, handlers: IpcHandlers, complain: IpcComplaint): void {
  for (const channel of ipcChannels) {
    receiver.handle(channel, (event, ...parameters) =>
      answerCall(channel, handlers, event.senderFrame, event.sender, parameters, complain),
    );
  }
}

async function answerCall(
  channel: IpcChannel,
  handlers: IpcHandlers,
  sender: CallingFrame | null,
  caller: IpcCaller,
  parameters: readonly unknown[],
  complain: IpcComplaint,
): Promise<IpcAnswer> {
  const refuse = (code: IpcRefusalCode, message: string, error?: unknown): IpcAnswer => {
    complain(`${channel}: ${message}`, error);
    return { ok: false, refusal: { code, channel, message } };
  };
  if (sender === null || sender.parent !== null || !isOwnPage(sender.url)) {
    return refuse(
      'foreign_sender',
      `the call came from ${sender?.url ?? 'a frame that is gone'}; only the console's own page may call`,
    );
  }
  const { args, result } = ipcContract[channel];
  const parsed = args.safeParse(parameters);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = issue?.path.length ? ` at ${issue.path.join('.')}` : '';
    return refuse('invalid_arguments', `the arguments do not fit${place}: ${issue?.message ?? 'unknown'}`);
  }
  try {
    // The table is keyed by channel, so that arguments and handler belong together; TypeScript sees only the union.
    const handler = handlers[channel] as (...values: readonly unknown[]) => unknown;
    return { ok: true, value: result.parse(await handler(...parsed.data, caller)) };
  } catch (error) {
    return refuse('failed', error instanceof Error ? error.message : String(error), error);
  }
}
