/**
 * The checks of how customers are reached are checked: each is seen to notice what it is there for (D8, D9, D10, D15).
 */
import { expect, it } from 'vitest';
import type { AccountHead } from '../../../shared/domain/account.ts';
import { blindTo, firstBreak, framesAs, itemsAs, type Sabotage } from './sabotage.ts';

const longAgo = '2020-01-01';
const callsOf = ({ dunning }: AccountHead) =>
  (dunning.contacts ?? []).filter(({ channel }) => channel === 'call');

it.each<[string, RegExp, Sabotage]>([
  [
    'hours and days off of the recipient are not looked at',
    /D8 .* goes out /,
    framesAs((frame) => ({ ...frame, contactTime: () => ({ isOpen: true }) })),
  ],
  [
    'earlier reminders are forgotten',
    /D8 .* (one more than|too soon)/,
    blindTo(({ head, ...account }) => ({
      ...account,
      head: { ...head, dunning: { ...head.dunning, contacts: [] } },
    })),
  ],
  [
    'talks of people are forgotten',
    /D8 .* comes after a talk on /,
    blindTo(({ head, ...account }) => ({
      ...account,
      head: {
        ...head,
        dunning: {
          ...head.dunning,
          contacts: (head.dunning.contacts ?? []).filter(({ channel }) => channel === 'mail'),
        },
      },
    })),
  ],
  [
    'stages count from long before the mail was taken',
    /D9 .* moves .* which /,
    blindTo(({ head, ...account }) =>
      itemsAs(
        { ...account, head: { ...head, dunning: { ...head.dunning, contacts: callsOf(head) } } },
        ({ reminded, ...item }) =>
          reminded?.on === undefined
            ? { ...item, ...(reminded && { reminded }) }
            : { ...item, reminded: { ...reminded, on: longAgo as never } },
      ),
    ),
  ],
  [
    'a mail that the service did not take counts as one that was',
    /D9 .* nobody took it/,
    ({ mail }) => {
      const { mailer } = mail;
      mail.mailer = {
        ...mailer,
        send: async (...posted) => {
          const answer = await mailer.send(...posted);
          return answer.is === 'quota' ? { is: 'accepted' } : answer;
        },
      };
    },
  ],
  [
    'what bounced is not kept of the address',
    /D10 /,
    ({ mail }) => {
      mail.people = { ...mail.people, readAll: async () => new Map() };
    },
  ],
  [
    'the stop is not looked at by the gate',
    /D15 /,
    framesAs((frame) => ({ ...frame, blocks: frame.blocks.filter((one) => one !== 'stop-all') })),
  ],
])(
  '%s: it is seen',
  async (_what, seen, sabotage) => expect(await firstBreak(sabotage, seen)).toMatch(seen),
  300_000,
);
