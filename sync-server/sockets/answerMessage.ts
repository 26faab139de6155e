import type * as z from 'zod';
import type { Failed } from '#shared/protocol/messages.ts';
import type { ErrorCode } from '#shared/kernel/errors.ts';

export interface Message<Request, Answer> {
  schema: z.ZodType<Request>;
  handle: (request: Request) => Promise<Answer>;
}

/** One message of a console, tied to its schema so that nothing reaches `handle` unparsed. */
export function message<Request, Answer>(
  schema: z.ZodType<Request>,
  handle: (request: Request) => Promise<Answer>,
): Message<unknown, Answer | Failed> {
  return { schema, handle: (request) => handle(request as Request) };
}

export interface MessageOutcome {
  /** 'ok' or the code of the error. */
  outcome: 'ok' | ErrorCode;
  /** True when the frame itself was at fault; repeated ones close the connection. */
  malformed: boolean;
}

interface Frame {
  event: string;
  parameters: readonly unknown[];
}

export interface AnswerOptions {
  messages: Readonly<Record<string, Message<unknown, unknown>>>;
  /** False when this console has sent more than its share. */
  admit: (event: string) => Promise<boolean>;
  onFault: (event: string, error: unknown) => void;
}

/**
 * Answers one frame whatever it holds: unknown event, missing acknowledgement, bad payload, too many, or a throw in the
 * handler. Never rejects.
 */
export async function answerMessage(frame: Frame, options: AnswerOptions): Promise<MessageOutcome> {
  const last = frame.parameters.at(-1);
  const acknowledge = typeof last === 'function' ? (last as (answer: unknown) => void) : undefined;
  const fail = (code: ErrorCode, text: string, malformed: boolean, path = ''): MessageOutcome => {
    const answer: Failed = { ok: false, error: { code, message: text, ...(path === '' ? {} : { path }) } };
    acknowledge?.(answer);
    return { outcome: code, malformed };
  };
  try {
    const found = Object.hasOwn(options.messages, frame.event) ? options.messages[frame.event] : undefined;
    if (!found) return fail('invalid_message', `There is no message of this name. See docs/protocol.md.`, true);
    if (!acknowledge || frame.parameters.length !== 2)
      return fail('invalid_message', `'${frame.event}' takes one object and an acknowledgement.`, true);
    if (!(await options.admit(frame.event)))
      return fail('rate_limited', 'Too many messages. Wait a moment and send again.', false);
    const parsed = found.schema.safeParse(frame.parameters[0]);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      const path = issue?.path.map(String).join('.') ?? '';
      const where = path === '' ? `'${frame.event}'` : `'${frame.event}' at '${path}'`;
      return fail('invalid_message', `${where} is not valid: ${issue?.message ?? 'unknown reason'}.`, true, path);
    }
    const answer = await found.handle(parsed.data);
    acknowledge(answer);
    return { outcome: outcomeOf(answer), malformed: false };
  } catch (error) {
    options.onFault(frame.event, error);
    return fail('internal', 'The server could not handle this. It is noted; your data is kept. Try again.', false);
  }
}

function outcomeOf(answer: unknown): 'ok' | ErrorCode {
  const failed = answer as Partial<Failed>;
  return failed.ok === false && failed.error ? failed.error.code : 'ok';
}
