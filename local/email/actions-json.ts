/**
 * What a person can do on a mail's page, as JSON for tests and walks:
 * `POST /api/mails/{id}/bounce|complain|reply` {recipient, text?, automatic?, quoting?, subject?}.
 * From: `routes.ts`. Next: the same actions as the forms of the page.
 */
import { z } from 'zod';
import type { HttpAnswer, HttpCall } from '../kit/http-service.ts';
import { act, actions } from './pages/actions.ts';
import type { PageParts } from './pages/layout.ts';
import { json } from './refusal.ts';

const path = /^\/api\/mails\/([^/]+)\/([a-z]+)$/;

const body = z.strictObject({
  recipient: z.string(),
  text: z.string().default(''),
  automatic: z.boolean().default(false),
  quoting: z.boolean().default(false),
  subject: z
    .string()
    .max(200)
    .regex(/^[^\r\n]*$/)
    .default(''),
});

export const isActionPath = ({ method, path: asked }: HttpCall): boolean =>
  method === 'POST' && path.test(asked);

export const createActionsJson =
  (parts: PageParts) =>
  async (call: HttpCall): Promise<HttpAnswer> => {
    const [, id = '', name] = path.exec(call.path) ?? [];
    const [mail, action] = [parts.store.mails.get(id), actions.find((one) => one === name)];
    if (!mail || !action) return refused(404, `There is no ${call.path}.`);
    const wanted = readBody(call);
    if (typeof wanted === 'string') return refused(400, wanted);
    const { recipient, text, automatic, quoting, subject } = wanted;
    const yes = (is: boolean): string => (is ? 'yes' : '');
    const form = new URLSearchParams({
      ...{ recipient, text, subject },
      ...{ automatic: yes(automatic), quoting: yes(quoting) },
    });
    const headers = { ...call.headers, 'content-type': 'application/x-www-form-urlencoded' };
    const { status } = await act(parts, mail, action, {
      ...call,
      headers,
      body: Buffer.from(form.toString()),
    });
    return status === 303 ? json(200, { done: action }) : refused(status, `It was not done: ${action}.`);
  };

const refused = (status: number, message: string): HttpAnswer =>
  json(status, { error: { code: String(status), message } });

const readBody = (call: HttpCall): z.output<typeof body> | string => {
  try {
    return body.parse(JSON.parse(call.body.toString('utf8')));
  } catch (error) {
    if (error instanceof SyntaxError) return 'The body is not JSON.';
    if (error instanceof z.ZodError) return z.prettifyError(error);
    throw error;
  }
};
