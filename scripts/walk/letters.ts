/**
 * What the product says of the mails that arrived: which text, at which stage, on which day.
 * From: mails as they lie in the mailbox; an account's messages and timeline, over HTTP. Next: `messages.csv`, counts.
 * A mail of which the product knows nothing ends the walk.
 */
import { timelineAnswer } from '../../shared/contracts/accounts.ts';
import { messagesAnswer } from '../../shared/contracts/mail-desk.ts';
import type { ArrivedMail } from './mailbox.ts';
import { walkCompany, type WalkPeople } from './set-up.ts';

export type MessageRow = Record<(typeof messageColumns)[number], string>;

/** `items`: numbers with blanks between; `sums`: such as `CAD 1200 USD 50`, in minor units. */
export const messageColumns = ['day', 'account', 'text', 'stage', 'items', 'sums'] as const;

export const rowOfMail = async (
  { manager }: Pick<WalkPeople, 'manager'>,
  account: string,
  mail: ArrivedMail,
): Promise<MessageRow> => {
  const ofAccount = `/api/accounts/${walkCompany}/${encodeURIComponent(account)}`;
  const { messages } = messagesAnswer.parse(await manager.get(`${ofAccount}/messages?limit=50`));
  const known = messages.filter(({ subject, at }) => subject === mail.subject && at !== null);
  const told = known.find(({ at }) => at!.slice(0, 10) === mail.at.slice(0, 10));
  if (told === undefined) throw new Error(`nobody knows of the mail "${mail.subject}" of ${mail.at}`);
  const timeline = timelineAnswer.parse(await manager.get(`${ofAccount}/timeline`));
  const stage = told.message.endsWith(':mail') ? stageIn(timeline.entries, told.message) : '';
  return {
    ...{ day: mail.at.slice(0, 10), account, text: told.text ?? '', stage },
    items: mail.items.map(({ number }) => number).join(' '),
    sums: Object.entries(mail.sums).flat().join(' '),
  };
};

/** Of the plan its claim followed. @throws when the timeline does not say. */
const stageIn = (entries: ReturnType<typeof timelineAnswer.parse>['entries'], messageId: string): string => {
  const claimed = entries.findIndex(
    ({ cause, lines }) => cause.id === messageId && lines.some(({ kind }) => kind === 'messageClaimed'),
  );
  const planned = entries
    .slice(Math.max(claimed, 0))
    .flatMap(({ lines }) => lines)
    .find(({ kind }) => kind === 'messagePlanned');
  const stage = /of stage (\d+) planned/.exec(planned?.text ?? '')?.[1];
  if (stage === undefined) throw new Error(`the timeline does not say at which stage ${messageId} is`);
  return stage;
};

/** A reminder of the policies; all else is a notice. */
export const isReminder = ({ stage }: Pick<MessageRow, 'stage'>): boolean => stage !== '';
