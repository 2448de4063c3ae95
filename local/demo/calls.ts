/**
 * Calls of the demo, over HTTP alone: as people of the company, as customers, at mailboxes, of the clock.
 * From: the addresses of a local Azure that runs. Next: `seed.ts`, the stories, their tests.
 */
import { moveClock } from '../kit/move-clock.ts';
import { importAnswer, createdAnswer, type ImportAnswer } from '../../shared/contracts/imports.ts';

export type Addresses = {
  staff: string;
  portal: string;
  /** Clock and counters. */
  admin: string;
  /** Token issuer. */
  identity: string;
  /** Mailboxes of everybody who was written to. */
  email: string;
};

export type File = {
  company: string;
  name: string;
  kind: ImportAnswer['kind'];
  source: string;
  text: string;
  /** ISO instant, of a snapshot. */
  asOf?: string;
};

export type ArrivedMail = {
  id: string;
  acceptedAt: string;
  message: {
    subject: string;
    plainText: string;
    html: string;
    to: { address: string }[];
    replyTo: { address: string }[];
  };
};

export type Calls = ReturnType<typeof callsTo>;

/** The id of an invoice by its number, where that holds letters, digits and hyphens alone. */
export const createdItem = (number: string): string => `item:invoice:${number}`;

export type Answered = { status: number; json: unknown };

/** @param name of whoever calls: two who call at one place need two, so that no request is taken for one of the other. */
export const callsTo = (at: Addresses, name = 'demo') => {
  let calls = 0;
  const { tokenOf, signOut } = tokensOf(at);
  const clock = clockOf(at);
  const moveTo = async (to?: string): Promise<void> => {
    await clock.moveTo(to);
    signOut();
  };

  const ask = async (
    url: string,
    method: string,
    headers: Record<string, string>,
    body?: object,
  ): Promise<Answered> => {
    const isBytes = body instanceof Uint8Array;
    const content = isBytes ? body : body && JSON.stringify(body);
    const type = isBytes ? 'application/octet-stream' : 'application/json';
    const answer = await fetch(url, {
      method,
      headers: {
        'idempotency-key': `${name}-${(calls += 1)}`,
        ...(body && { 'content-type': type }),
        ...headers,
      },
      ...(content && { body: content as string }),
    });
    const text = await answer.text();
    return { status: answer.status, json: text === '' ? undefined : (JSON.parse(text) as unknown) };
  };

  const call = async (persona: string, method: string, path: string, body?: object): Promise<Answered> =>
    ask(`${at.staff}/api/${path}`, method, { authorization: `Bearer ${await tokenOf(persona)}` }, body);

  /** @throws when the call is refused. */
  const must = async (persona: string, method: string, path: string, body?: object): Promise<unknown> => {
    const { status, json } = await call(persona, method, path, body);
    if (status >= 300) throw new Error(`${persona} ${method} ${path}: ${status} ${JSON.stringify(json)}`);
    return json;
  };

  /** As a customer who holds the link of a mail. @throws when the call is refused. */
  const byLink = async (link: string, path: string, body?: object): Promise<unknown> => {
    const headers = { authorization: `Link ${link}`, origin: 'http://localhost:7072' };
    const method = body === undefined ? 'GET' : 'POST';
    const { status, json } = await ask(`${at.portal}/api/portal/${path}`, method, headers, body);
    if (status >= 300) throw new Error(`${path}: ${status} ${JSON.stringify(json)}`);
    return json;
  };

  const claimsOf = async (persona: string): Promise<Record<string, string>> => {
    const payload = (await tokenOf(persona)).split('.')[1] ?? '';
    return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, string>;
  };
  const personOf = async (persona: string): Promise<string> => {
    const { tid, oid } = await claimsOf(persona);
    return `${tid}:${oid}`;
  };
  const nameOf = async (persona: string): Promise<string> => (await claimsOf(persona))['name'] ?? persona;

  return {
    at,
    call,
    must,
    byLink,
    ask,
    personOf,
    nameOf,
    ...{ now: clock.now, moveTo },
    ...mailsOf(at),
    upload: uploadBy(must, moveTo),
  };
};

/** People sign in once, and go on until they are signed out. */
const tokensOf = ({ identity }: Addresses) => {
  const tokens = new Map<string, Promise<string>>();
  const signIn = async (persona: string): Promise<string> =>
    (await fetch(`${identity}/local/token?persona=${persona}`)).text();
  const tokenOf = (persona: string): Promise<string> => {
    const token = tokens.get(persona) ?? signIn(persona);
    tokens.set(persona, token);
    return token;
  };
  return { tokenOf, signOut: () => tokens.clear() };
};

const clockOf = ({ admin }: Addresses) => {
  /** Sleeps until an instant, or for a duration, and until all is quiet. */
  const moveTo = (to = 'PT1S'): Promise<void> => moveClock(admin, to);
  const now = async (): Promise<string> =>
    ((await (await fetch(`${admin}/admin/clock`)).json()) as { now: string }).now;
  return { moveTo, now };
};

const mailsOf = ({ email }: Addresses) => ({
  /** To an address, or all; the oldest first. */
  mails: async (to?: string): Promise<ArrivedMail[]> => {
    const query = to === undefined ? 'after=0' : `to=${encodeURIComponent(to)}`;
    const answer = await fetch(`${email}/api/mails?${query}`);
    return ((await answer.json()) as { mails: ArrivedMail[] }).mails;
  },
  /** What a recipient does with a mail. @throws when it was not done. */
  act: async (mail: string, action: 'reply' | 'bounce' | 'complain', body: object): Promise<void> => {
    const headers = { 'content-type': 'application/json' };
    const wanted = { method: 'POST', headers, body: JSON.stringify(body) };
    const answer = await fetch(`${email}/api/mails/${mail}/${action}`, wanted);
    if (!answer.ok) throw new Error(`${action} of ${mail}: ${answer.status} ${await answer.text()}`);
  },
});

const uploadBy =
  (
    must: (persona: string, method: string, path: string, body?: object) => Promise<unknown>,
    moveTo: () => Promise<void>,
  ) =>
  /** Sends files, waits until all is quiet, and answers with what each came to. */
  async (persona: string, files: readonly File[]): Promise<ImportAnswer[]> => {
    const send = async ({ text, ...file }: File): Promise<string> => {
      const query = new URLSearchParams({ ...file, locale: 'plain' }).toString();
      const bytes = new TextEncoder().encode(text);
      const sent = createdAnswer.parse(await must(persona, 'POST', `imports/file?${query}`, bytes));
      return `imports/${file.company}/${sent.import.importId}`;
    };
    const places = await Promise.all(files.map(send));
    await moveTo();
    return Promise.all(places.map(async (place) => importAnswer.parse(await must('ARC', 'GET', place))));
  };
