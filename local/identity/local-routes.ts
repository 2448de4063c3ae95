/**
 * Routes that only the local issuer has: a token for curl, and the turning over of keys.
 * From: people and tests. Next: the key ring.
 */
import type { HttpAnswer, HttpCall } from '../kit/http-service.ts';
import { issueFor, json } from './context.ts';
import type { Context } from './context.ts';
import { findPersona, personas } from './directory.ts';
import { flaws, isFlaw } from './flaws.ts';

/** `GET /local/token?persona=crm`: the bare access token; with `&flaw=expired` one that must be refused. */
export const localToken = async (call: HttpCall, context: Context): Promise<HttpAnswer> => {
  const persona = call.query.get('persona') ?? '';
  const flaw = call.query.get('flaw') ?? undefined;
  if (!findPersona(persona))
    return json({ error: 'no such persona', personas: personas.map(({ id }) => id) }, 404);
  if (flaw !== undefined && !isFlaw(flaw)) return json({ error: 'no such flaw', flaws }, 404);
  const text = await issueFor(context, persona, flaw);
  return {
    status: 200,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
    body: text,
  };
};

/** `POST /admin/keys` makes a new key; `DELETE /admin/keys/<kid>` forgets an old one; `GET` lists them. */
export const adminKeys = async (call: HttpCall, { ring }: Context): Promise<HttpAnswer> => {
  const { origin = call.origin } = call.headers; // a browser names it with every post
  if (origin !== call.origin) return json({ error: 'keys are turned over from this machine only' }, 403);
  const kid = call.path.slice('/admin/keys/'.length);
  const list = () => ({ signing: ring.current().kid, keys: ring.publicKeys().map((key) => key.kid) });
  if (call.method === 'GET' && kid === '') return json(list());
  if (call.method === 'POST' && kid === '') {
    await ring.rotate();
    return json(list(), 201);
  }
  if (call.method === 'DELETE' && kid !== '')
    return (await ring.remove(kid))
      ? json(list())
      : json({ error: 'this key is unknown, or it signs now: make a new one first' }, 409);
  return json({ error: 'GET or POST /admin/keys, DELETE /admin/keys/<kid>' }, 405);
};
