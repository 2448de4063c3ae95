/**
 * The staff app over HTTP for the tests beside this file: calls as a person, companies and reach, files and their end.
 * From: a local Azure that runs in this process. Next: the tests; answers are parsed by the product's own schemas.
 */
import type { Running } from '../../local/run.ts';
import { createdAnswer, importAnswer, type ImportAnswer } from '../../shared/contracts/imports.ts';

export type Answered = { status: number; json: unknown };
export type File = { company: string; name: string; kind: string; source: string; text: string };

export const createStaff = (running: Running) => {
  const origin = new URL(running.endpoints.identity.issuer).origin;
  const tokenOf = async (persona: string): Promise<string> =>
    (await fetch(`${origin}/local/token?persona=${persona}`)).text();

  let calls = 0;
  /** Each call is a new one, as from a person who clicks again. */
  const call = async (persona: string, method: string, path: string, body?: object): Promise<Answered> => {
    const isBytes = body instanceof Uint8Array;
    const content = isBytes ? body : body && JSON.stringify(body);
    const answer = await fetch(`${running.urls['staff']}/api/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await tokenOf(persona)}`,
        'idempotency-key': `call-${(calls += 1)}`,
        ...(body && { 'content-type': isBytes ? 'application/octet-stream' : 'application/json' }),
      },
      ...(content && { body: content as string }),
    });
    return { status: answer.status, json: JSON.parse(await answer.text()) as unknown };
  };
  /** A file as it comes, with the headers that say what it is. */
  const download = async (persona: string, path: string) => {
    const headers = { authorization: `Bearer ${await tokenOf(persona)}` };
    const answer = await fetch(`${running.urls['staff']}/api/${path}`, { headers });
    return { status: answer.status, text: await answer.text(), headers: answer.headers };
  };
  /** @throws when the call is refused. */
  const must = async (persona: string, method: string, path: string, body?: object): Promise<unknown> => {
    const { status, json } = await call(persona, method, path, body);
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(json)}`);
    return json;
  };
  const personOf = async (persona: string): Promise<string> => {
    const payload = (await tokenOf(persona)).split('.')[1] ?? '';
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, string>;
    return `${claims['tid']}:${claims['oid']}`;
  };
  /** IT asks for somebody's reach; the executive approves. */
  const giveReach = async (persona: string, companyIds: readonly string[]): Promise<void> => {
    const person = `people/${await personOf(persona)}`;
    const reach = { companyIds, teams: [], covers: [], reason: 'works for them' };
    await must('ADM', 'POST', `${person}/reach-requests`, reach);
    await must('EXE', 'POST', `${person}/reach-requests/1/approval`, { reason: 'works for them' });
  };
  const pass = () => running.clock.moveTo(running.clock.now() + 1_000);
  /** Waits for a fact: whatever is on its way arrives while the clock goes on. @throws when it never comes. */
  const until = async <Value>(read: () => Promise<Value>, isThere: (value: Value) => boolean) => {
    for (let looks = 0; looks < 500; looks += 1) {
      const value = await read();
      if (isThere(value)) return value;
      await pass();
    }
    throw new Error(`it never came: ${JSON.stringify(await read())}`);
  };
  /** Sends a file and answers with what it came to. */
  const upload = async (persona: string, { text, ...file }: File): Promise<ImportAnswer> => {
    const query = new URLSearchParams({ ...file, locale: 'plain' }).toString();
    const sent = createdAnswer.parse(await must(persona, 'POST', `imports/file?${query}`, Buffer.from(text)));
    const path = `imports/${file.company}/${sent.import.importId}`;
    return until(
      async () => importAnswer.parse(await must(persona, 'GET', path)),
      ({ state }) => ['done', 'refused', 'held'].includes(state),
    );
  };
  return { call, download, must, personOf, giveReach, until, upload };
};

export type Staff = ReturnType<typeof createStaff>;
