/**
 * How a person is named everywhere: issuer tenant and object id, with a colon between.
 * From: tokens. Next: reaches, assignments.
 */
import { z } from 'zod';

export const personId = z.string().regex(/^[A-Za-z0-9-]{1,64}:[A-Za-z0-9-]{1,64}$/);
