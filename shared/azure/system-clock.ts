/**
 * The real clock, as instants. In the cloud it is the business clock, too; locally `local/clock.ts` is.
 * From: the operating system. Next: `functions/start.ts` hands it to the edge.
 */
import { instantFromMs, type Instant } from '../domain/calendar.ts';

export const systemNow = (): Instant => instantFromMs(Date.now());
