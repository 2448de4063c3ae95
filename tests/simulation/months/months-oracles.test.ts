/**
 * The checks are checked: months in which the code is broken on purpose are seen to be broken, by the line that is to see
 * it (D1, D4, D12, D16).
 */
import { expect, it } from 'vitest';
import { blindTo, firstBreak, itemsAs, type Sabotage } from './sabotage.ts';

it.each<[string, RegExp, Sabotage]>([
  [
    'holds are not looked at',
    /D4 /,
    blindTo((account) => ({ ...account, head: { ...account.head, holds: [] } })),
  ],
  [
    'what is promised or disputed is asked for',
    /D4 /,
    blindTo((account) => itemsAs(account, ({ heldParts: _parts, ...item }) => item)),
  ],
  [
    'money that is noted and not in the books is asked for',
    /D4 /,
    blindTo((account) => itemsAs(account, (item) => ({ ...item, provisional: [] }))),
  ],
  [
    'money that was received and not allocated is asked for',
    /D4 /,
    blindTo(({ head, ...account }) => ({
      ...account,
      head: { ...head, balances: { EUR: { ...head.balances['EUR']!, provisional: 0 as never } } },
    })),
  ],
  [
    'a mail is posted again because nobody answered',
    /D1 /,
    ({ mail }) => {
      const { mailer } = mail;
      mail.mailer = {
        ...mailer,
        send: async (operationId, letter) => {
          const answer = await mailer.send(operationId, letter);
          return answer.is === 'unknown' ? mailer.send(operationId, letter) : answer;
        },
      };
    },
  ],
  [
    'a mail says a word of another customer',
    /D12 /,
    ({ mail }) => {
      const { render } = mail;
      mail.render = async (text, language, data) => {
        const rendered = await render(text, language, data);
        if (!rendered.ok) return rendered;
        return { ...rendered, value: { ...rendered.value, text: `${rendered.value.text} zqk50z` } };
      };
    },
  ],
  [
    'the preview is not what the run does',
    /D16 /,
    ({ looking }) => {
      const { accounts } = looking;
      looking.accounts = {
        ...accounts,
        load: async (...asked) => {
          const loaded = await accounts.load(...asked);
          return {
            ...loaded,
            account: itemsAs(loaded.account, (item) => ({ ...item, stage: item.stage + 1 })),
          };
        },
      };
    },
  ],
])(
  '%s: it is seen',
  async (_what, seen, sabotage) => expect(await firstBreak(sabotage)).toMatch(seen),
  300_000,
);
