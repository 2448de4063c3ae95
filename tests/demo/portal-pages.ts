/**
 * A customer of the demo who signs in and reads every page of the portal, again and again, as a browser would; and how
 * long each answer takes.
 * From: `stories.test.ts`. Next: the portal over HTTP, the mailbox with the sign-in link.
 */
import { ownAccountsAnswer, ownItemsAnswer } from '../../shared/contracts/portal.ts';
import { ownCasesAnswer } from '../../shared/contracts/portal-cases.ts';
import { sessionCookie } from '../../shared/edge/portal-access.ts';
import type { Demo } from './demo-support.ts';

const origin = 'http://localhost:7072';

/** Somebody is let in by the credit manager, gets the mail, and opens the link in it. Answers with their cookie. */
const signIn = async ({ calls }: Demo, company: string, account: string): Promise<string> => {
  const email = `reads@${account.toLowerCase()}.example`;
  await calls.must('CRM', 'POST', `accounts/${company}/${account}/invitations`, { email });
  await calls.moveTo();
  const mail = (await calls.mails(email)).at(-1);
  const token = /\/sign-in#(\S+)/.exec(mail?.message.plainText ?? '')?.[1];
  const opened = await fetch(`${calls.at.portal}/api/portal/sessions`, {
    ...{ method: 'POST', headers: { origin, 'content-type': 'application/json' } },
    body: JSON.stringify({ token }),
  });
  const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? '';
  if (!opened.ok || !cookie.startsWith(`${sessionCookie}=`))
    throw new Error(`no session for ${email}: ${opened.status} ${await opened.text()}`);
  return cookie;
};

type Answered = { page: string; tookMs: number };

/**
 * Every page in each of so many rounds, one after the other, each until its last byte; in the first of them, or so many
 * as said, the papers that are drawn for them, too.
 * @throws when a page is refused, or the account has no invoice or case to open.
 */
export const readPages = async (
  demo: Demo,
  { company, accountId: account }: { company: string; accountId: string },
  { rounds, withPapers }: { rounds: number; withPapers: number },
) => {
  const cookie = await signIn(demo, company, account);
  const answered: Answered[] = [];
  const read = async (page: string): Promise<string> => {
    const startedAtMs = performance.now();
    const answer = await fetch(`${demo.calls.at.portal}/api/portal/${page}`, { headers: { cookie } });
    const text = await answer.text();
    answered.push({ page, tookMs: performance.now() - startedAtMs });
    if (answer.status !== 200 || text === '') throw new Error(`${page}: ${answer.status} ${text}`);
    return text;
  };
  const of = `accounts/${company}/${account}`;
  for (let round = 1; round <= rounds; round += 1) {
    const { accounts } = ownAccountsAnswer.parse(JSON.parse(await read('accounts')));
    if (!accounts.some((one) => one.account === account)) throw new Error(`${account} is not theirs`);
    const { items } = ownItemsAnswer.parse(JSON.parse(await read(`${of}/items`)));
    const { cases } = ownCasesAnswer.parse(JSON.parse(await read(`${of}/cases`)));
    const [item, own] = [items[0]?.item, cases[0]?.case].map((id) => encodeURIComponent(id ?? ''));
    if (!item || !own) throw new Error(`${account} has no invoice or no case`);
    for (const page of ['', '/items?state=closed', `/items/${item}`, `/items/${item}/papers`])
      await read(of + page);
    const papers = [`/items/${item}/document`, '/statement/pdf', '/statement/xlsx'];
    for (const page of round <= withPapers ? papers : []) await read(of + page);
    for (const page of [`/cases/${own}`, '/payments', '/promises', '/questions']) await read(of + page);
    for (const page of ['/profile', '/invitations']) await read(of + page);
  }
  return answered;
};

/** Of a hundred, the slowest of the fastest 95. */
export const percentile95 = (answered: readonly Answered[]): number =>
  answered.map(({ tookMs }) => tookMs).toSorted((a, b) => a - b)[Math.ceil(answered.length * 0.95) - 1] ?? 0;
