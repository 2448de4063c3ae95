/**
 * Which part answers a call: the REST API, the switches, the JSON list, the pages.
 * From: the HTTP kit. Next: `api.ts`, `admin.ts`, `mail-json.ts`, `actions-json.ts`, `pages/`.
 * Everything besides the signed REST API is for this machine only: another host name in the address
 * (a page elsewhere that points its name at loopback) and a post from another site are refused.
 */
import type { HttpAnswer, HttpCall } from '../kit/http-service.ts';
import { isActionPath } from './actions-json.ts';

type Part = (call: HttpCall) => HttpAnswer | Promise<HttpAnswer>;

export type RouteParts = { api: Part; admin: Part; mailJson: Part; actionsJson: Part; pages: Part };

const loopbackNames = ['127.0.0.1', 'localhost', '[::1]'];

export const isApiPath = (path: string): boolean => /^\/emails(:|\/|$)/.test(path);

export const createRoutes = ({ api, admin, mailJson, actionsJson, pages }: RouteParts): Part => {
  return (call) => {
    if (isApiPath(call.path)) return api(call);
    const host = call.headers.host ?? '';
    if (!loopbackNames.includes(host.replace(/:\d+$/, '')))
      return forbidden('This page answers on loopback only.');
    if (!isFromHere(call)) return forbidden('This post comes from another site.');
    if (call.path.startsWith('/admin/')) return admin(call);
    if (isActionPath(call)) return actionsJson(call);
    if (call.path.startsWith('/api/')) return mailJson(call);
    return pages(call);
  };
};

/** A browser names the origin of every post; a tool without one is not a browser that could be tricked. */
const isFromHere = ({ method, headers, origin }: HttpCall): boolean => {
  if (method === 'GET' || method === 'HEAD') return true;
  if (headers.origin !== undefined) return headers.origin === origin;
  return headers['sec-fetch-site'] === undefined || headers['sec-fetch-site'] === 'same-origin';
};

const forbidden = (why: string): HttpAnswer => ({
  status: 403,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: `${why}\n`,
});
