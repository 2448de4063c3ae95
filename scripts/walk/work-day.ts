/**
 * A morning at the company of the walk: the credit manager releases what waits, and the mails of the day go out.
 * From: the clock at half past eight of a day. Next: mails with what the product says of them.
 */
import { messagesAnswer, releaseAnswer, type MessagesAnswer } from '../../shared/contracts/dunning.ts';
import type { WalkAzure } from './azure.ts';
import { mailsAfter, type ArrivedMail } from './mailbox.ts';
import { walkCompany, type WalkPeople } from './set-up.ts';

type Waiting = MessagesAnswer['messages'][number];

const ofDunning = `/api/companies/${walkCompany}/dunning`;
/** Later than this nobody is written to. */
const lastHour = 17;

/**
 * Works the day through: looks, releases, sends. @param day ISO, the company's.
 * @returns mails behind the one with id `last`; more of them while the mail service makes them wait.
 */
export const workDay = async (
  azure: WalkAzure,
  people: WalkPeople,
  day: string,
  last: string,
): Promise<ArrivedMail[]> => {
  await azure.moveTo(`${day}T08:31:00Z`);
  if ((await releaseAll(people)) > 0) await azure.moveTo();
  let mails = await mailsAfter(azure, last);
  for (let hour = 9; hour <= lastHour && mails.length > 0; hour += 1) {
    await azure.moveTo(`${day}T${String(hour).padStart(2, '0')}:45:00Z`);
    const more = await mailsAfter(azure, mails.at(-1)!.id);
    if (more.length === 0) break;
    mails = [...mails, ...more];
  }
  return mails;
};

/** How many were released; each by the first duty it needs. @throws when a release is refused. */
const releaseAll = async (people: WalkPeople): Promise<number> => {
  let released = 0;
  for (let messages = await readWaiting(people); messages.length > 0; messages = await readWaiting(people)) {
    for (const duty of new Set(messages.map(({ needs: [first] }) => first)))
      await release(
        people,
        duty,
        messages.filter(({ needs: [first] }) => first === duty),
      );
    released += messages.length;
  }
  return released;
};

/** A page of those that wait for somebody. */
const readWaiting = async ({ manager }: WalkPeople): Promise<Waiting[]> =>
  messagesAnswer.parse(await manager.get(`${ofDunning}/messages?state=awaiting`)).messages;

const release = async (
  { manager, executive }: WalkPeople,
  as: string | undefined,
  messages: readonly Waiting[],
): Promise<void> => {
  const wanted = messages.map(({ account, messageId, digest }) => ({ account, messageId, digest }));
  const by = as === 'cfo' ? executive : manager;
  const answer = await by.write('POST', `${ofDunning}/releases`, { as, messages: wanted });
  const refused = releaseAnswer.parse(answer).results.find(({ is }) => is !== 'released');
  if (refused !== undefined)
    throw new Error(`${refused.messageId} of ${refused.account} was not released: ${refused.is}`);
};
