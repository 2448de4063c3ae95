/**
 * Calls of the staff app, as one of its people, over HTTP alone.
 * From: the walk. Next: the product's routes. A Problem document becomes an error with its code and what to do.
 */
import { createHash } from 'node:crypto';
import { problemDocument } from '../../shared/contracts/problems.ts';
import type { WalkAzure } from './azure.ts';

export type StaffClient = {
  get(path: string): Promise<unknown>;
  text(path: string): Promise<string>;
  /** The Idempotency-Key is derived from what is asked, so that asking again is the same call. */
  write(method: 'POST' | 'PUT', path: string, body?: object): Promise<unknown>;
  upload(method: 'POST' | 'PUT', path: string, bytes: Uint8Array): Promise<unknown>;
};

/** A refusal of the product, by its stable code. */
export class Refused extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'Refused';
    this.code = code;
  }
}

export const staffClient = (azure: WalkAzure, persona: string): StaffClient => {
  const call = async (path: string, init: RequestInit): Promise<Response> => {
    const token = await (await fetch(`${azure.identity}/local/token?persona=${persona}`)).text();
    const headers = { ...(init.headers as Record<string, string>), authorization: `Bearer ${token}` };
    const answer = await fetch(`${azure.staff}${path}`, { ...init, headers });
    if (!answer.ok) throw await refusalOf(answer, `${init.method ?? 'GET'} ${path}`);
    return answer;
  };
  const json = async (path: string, init: RequestInit): Promise<unknown> => (await call(path, init)).json();
  return {
    get: (path) => json(path, {}),
    text: async (path) => (await call(path, {})).text(),
    write: (method, path, body) => {
      const text = body === undefined ? '' : JSON.stringify(body);
      const key = createHash('sha256').update(`${persona} ${method} ${path} ${text}`).digest('hex');
      const headers = { 'content-type': 'application/json', 'idempotency-key': key };
      return json(
        path,
        body === undefined
          ? { method, headers: { 'idempotency-key': key } }
          : { method, headers, body: text },
      );
    },
    upload: (method, path, bytes) => {
      const headers = { 'content-type': 'application/octet-stream' };
      return json(path, { method, headers, body: bytes as Uint8Array<ArrayBuffer> });
    },
  };
};

const refusalOf = async (answer: Response, call: string): Promise<Error> => {
  const text = await answer.text();
  const parsed = problemDocument.safeParse(jsonOf(text));
  if (!parsed.success) return new Error(`${call} answered ${answer.status}: ${text.slice(0, 300)}`);
  const { code, title, detail } = parsed.data;
  return new Refused(code, `${call}: ${title} ${detail ?? ''}`.trim());
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
