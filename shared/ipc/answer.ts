/** Why the shell refused a call. Refusals cross the boundary as values: Electron would flatten an exception to text. */
export type IpcRefusalCode = 'foreign_sender' | 'invalid_arguments' | 'failed';

export interface IpcRefusal {
  code: IpcRefusalCode;
  channel: string;
  message: string;
}

export type IpcAnswer = { ok: true; value: unknown } | { ok: false; refusal: IpcRefusal };
