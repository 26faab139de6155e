import * as z from 'zod';

/** Days that a console may be used without hearing of its server; 0 = some minutes. */
export const offlineDaysSchema = z.int().min(0).max(90);
/** Of a server that does not say. */
export const defaultOfflineDays = 14;
