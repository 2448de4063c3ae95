/**
 * The checks of what is written and said are checked: entries, books, mails and answers that are not what was decided (D2, D5, D6, D7,
 * D11, D12).
 */
import { expect, it } from 'vitest';
import type { Entry } from '../../../shared/domain/entry.ts';
import type { Fact } from '../../../shared/domain/facts.ts';
import { factsAs, firstBreak, type Sabotage } from './sabotage.ts';

const nextAccount = (accountId: string): string =>
  accountId.replace(/\d\d/, (n) => String((Number(n) % 20) + 1).padStart(2, '0'));

/** Later stages are written as earlier ones. */
const falling = (fact: Fact): readonly Fact[] =>
  fact.kind === 'itemsCarried'
    ? [{ ...fact, items: fact.items.map((one) => ({ ...one, stage: 9 - one.stage })) }]
    : [fact];

const claimedTwice = (fact: Fact): readonly Fact[] =>
  fact.kind === 'messageClaimed' ? [fact, { ...fact, messageId: `${fact.messageId}:again` }] : [fact];

/** The store hands out other entries than were written. */
const storedAs =
  (as: (entries: Entry[], afterVersion: number) => Entry[]): Sabotage =>
  (_parts, { base }) => {
    const entries = base.accounts.entries.bind(base.accounts);
    base.accounts.entries = async (scope, key, page) =>
      as(await entries(scope, key, page), page.afterVersion);
  };

it.each<[string, RegExp, Sabotage]>([
  [
    'a mail goes out under a name nobody claimed',
    /D2 /,
    ({ mail }) => {
      const { mailer } = mail;
      mail.mailer = { ...mailer, send: (id, letter) => mailer.send(`${id}-other`, letter) };
    },
  ],
  [
    'the text says another sum',
    /D5 .* does not say/,
    ({ mail }) => {
      const { render } = mail;
      mail.render = async (...asked) => {
        const rendered = await render(...asked);
        if (!rendered.ok) return rendered;
        return { ...rendered, value: { ...rendered.value, text: rendered.value.text.replace(/\d/g, '0') } };
      };
    },
  ],
  [
    'an item goes back a stage',
    /D6 /,
    ({ mail, dunning }) => {
      for (const one of [mail, dunning]) one.accounts = factsAs(one.accounts, falling);
    },
  ],
  [
    'two messages of an account are on their way',
    /D7 /,
    ({ mail }) => void (mail.accounts = factsAs(mail.accounts, claimedTwice)),
  ],
  [
    'a mail is written to the contacts of another account',
    /D11 /,
    ({ mail }) => {
      const { accounts } = mail;
      mail.accounts = {
        ...accounts,
        paper: (scope, key, id) =>
          accounts.paper(
            scope,
            id.startsWith('contact:') ? { ...key, accountId: nextAccount(key.accountId) } : key,
            id,
          ),
      };
    },
  ],
  [
    'the portal answers with the items of another account',
    /D12 an answer /,
    ({ portal }) => {
      const { accounts } = portal;
      portal.accounts = {
        ...accounts,
        openItems: (scope, key, page) =>
          accounts.openItems(scope, { ...key, accountId: nextAccount(key.accountId) }, page),
        items: (scope, key, page) =>
          accounts.items(scope, { ...key, accountId: nextAccount(key.accountId) }, page),
      };
    },
  ],
  [
    'what a file no longer has stays in the book',
    /B1 /,
    ({ files: { parts } }) => {
      parts.accounts = factsAs(parts.accounts, (fact) => [
        fact.kind === 'itemReduced' ? { ...fact, posting: { ...fact.posting, amount: 1 as never } } : fact,
      ]);
    },
  ],
  [
    'an entry is changed after it was written',
    /L2 /,
    (_parts, { journal }) => journal.hear(({ entry }) => void (entry.at = '2020-01-01T00:00:00Z')),
  ],
  [
    'an entry does not continue the one before',
    /L2 .* previous-hash /,
    ({ mail }) => {
      const { accounts } = mail;
      mail.accounts = {
        ...accounts,
        append: (scope, { account, mark }, ...more) =>
          accounts.append(
            scope,
            { account: { ...account, head: { ...account.head, lastHash: 'f'.repeat(64) } }, mark },
            ...more,
          ),
      };
    },
  ],
  [
    'an entry lacks in the store',
    /L2 .* not-next /,
    storedAs((entries) => entries.filter(({ version }) => version !== 5)),
  ],
  [
    'an old entry is replaced behind the back of all',
    /L2 .* hash at 2 in the end/,
    storedAs((entries, afterVersion) =>
      entries.map((one) =>
        one.version === 2 && afterVersion === 0 && entries.length > 2
          ? { ...one, cause: { kind: 'other', id: '' } }
          : one,
      ),
    ),
  ],
  [
    'the stored head is not what the journal comes to',
    /L6 /,
    (_parts, { base }) => {
      const load = base.accounts.load.bind(base.accounts);
      base.accounts.load = async (...asked) => {
        const loaded = await load(...asked);
        const { head } = loaded.account;
        const review = { nextReviewAt: '2020-01-01T00:00:00Z' };
        return { ...loaded, account: { ...loaded.account, head: { ...head, ...review } } };
      };
    },
  ],
  [
    'nobody asks again what became of a mail',
    /O1 .* is still claimed/,
    ({ mail }) => {
      mail.mailer = { ...mail.mailer, send: async () => ({ is: 'unknown', detail: 'no answer' }) };
      mail.sender = { ...mail.sender, send: async () => undefined };
    },
  ],
])(
  '%s: it is seen',
  async (_what, seen, sabotage) => expect(await firstBreak(sabotage)).toMatch(seen),
  300_000,
);
