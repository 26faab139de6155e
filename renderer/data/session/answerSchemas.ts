import * as z from 'zod';
import { problemSchema } from '#shared/protocol/messages.ts';

/** How every refusal over HTTP looks. */
export const refusalSchema = z.object({ error: problemSchema });
export const jsonSchema = z.json();
