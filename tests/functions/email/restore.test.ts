/**
 * A database set back to an earlier moment knows nothing of the mails that went out since (D17): nobody gets one of them
 * again, and none leaves before they were looked for at the mail service.
 */
import { describe, expect, it } from 'vitest';
import { findLostMails } from '../../../functions/email/find-lost-mails.ts';
import { readRestore, saveRestore } from '../../../functions/email/restore-mails.ts';
import { sendMessage } from '../../../functions/email/send-message.ts';
import { restoreStep } from '../../../shared/contracts/mail-restore.ts';
import { messageToSend } from '../../../shared/contracts/messages.ts';
import type { Instant } from '../../../shared/domain/calendar.ts';
import { planNotice } from '../../../shared/domain/plan-notice.ts';
import { everything } from '../../support/test-edge.ts';
import { sentPaperOf } from './papers.ts';
import {
  appendTo,
  companyId,
  createMailWorld,
  headOf,
  lateItem,
  open,
  plan,
  run,
  today,
  tuesday,
  type MailWorld,
  type WorldOptions,
} from './mail-world.ts';

const wednesday = tuesday.add({ hours: 24 });
const restoredTo = '2026-06-16T07:00:00Z';

const account = async (options: WorldOptions = {}): Promise<MailWorld> => {
  const world = await createMailWorld(options);
  await open(world, 'north', [lateItem('north', 1, 5), lateItem('north', 2, 4)]);
  return world;
};

/** The same company of an hour ago: mail service and archive are those of now. */
const setBack = async (world: MailWorld): Promise<MailWorld> => {
  const earlier = await account();
  earlier.parts.documents = world.parts.documents;
  earlier.parts.mailer = world.parts.mailer;
  return earlier;
};

type State = 'waiting' | 'looking' | 'done';

const say = (world: MailWorld, state: State, after: number, now: Instant = wednesday) =>
  saveRestore(
    world.parts,
    companyId,
    { restoredTo, state, reason: 'a lost region', after },
    { scope: everything, now, callerId: 'tid:adm' },
  );

/** Works what is on the queue, and what that sends, each at its instant. */
const workAll = async (world: MailWorld, from: Instant = wednesday): Promise<void> => {
  const sent = world.sender.sent.get('messages-to-send') ?? [];
  for (let n = 0; n < sent.length && n < 60; n += 1) {
    const { body, dueAt } = sent[n]!;
    const call = { scope: everything, now: dueAt ?? from };
    if ('phase' in body) await findLostMails(world.parts, restoreStep.parse(body), call);
    else await sendMessage(world.parts, messageToSend.parse(body), call);
  }
  world.sender.sent.delete('messages-to-send');
};

describe('a reminder that went out after the moment a book was set back to', () => {
  it('is found again, moves its items on the day it went, and goes to nobody twice', async () => {
    const world = await account();
    const id = await plan(world, 'north');
    await run(world, 'north', id);
    const book = await setBack(world);
    await say(book, 'waiting', 0);
    const again = await plan(book, 'north', tuesday).catch(() => 'nothing');
    expect(again).toBe('nothing'); // all is stopped
    await say(book, 'looking', 1);
    await workAll(book);
    expect(world.mailer.accepted).toHaveLength(1);
    const before = await headOf(world, 'north');
    const { dunning } = await headOf(book, 'north');
    expect(dunning).toMatchObject({ stage: before.dunning.stage, contacts: before.dunning.contacts! });
    expect(dunning.message).toBeUndefined();
    const { account: is } = await book.accounts.load(everything, { companyId, accountId: 'north' }, [
      'item:invoice:north-1',
    ]);
    expect(is.items.get('item:invoice:north-1')).toMatchObject({
      stage: 2,
      carriedBy: id,
      reminded: { on: today },
    });
    expect(await sentPaperOf(book, 'north', id)).toEqual(await sentPaperOf(world, 'north', id));
    expect(await readRestore(book.parts, companyId, everything)).toMatchObject({
      value: { state: 'looking', lookedFor: { looked: 1, found: 1 } },
    });
    await say(book, 'done', 2);
    await expect(plan(book, 'north', wednesday)).rejects.toThrow('nothing was planned');
  });

  it('is not looked for before a snapshot of the ERP tells the book up to when mail was stopped', async () => {
    const world = await account();
    await run(world, 'north', await plan(world, 'north'));
    const book = await setBack(world);
    await say(book, 'waiting', 0);
    const { frameOf } = book.parts;
    const toldUpTo = (asOf: string): void => {
      const feeds = [{ accepted: { asOf } as never }];
      book.parts.frameOf = async (...asked) => {
        const frame = await frameOf(...asked);
        return frame && { ...frame, feeds };
      };
    };
    toldUpTo(wednesday.subtract({ seconds: 1 }).toString());
    expect(await say(book, 'looking', 1)).toMatchObject({ ok: false, code: 'book-not-complete' });
    await workAll(book);
    expect(await readRestore(book.parts, companyId, everything)).toMatchObject({
      value: { state: 'waiting', lookedFor: null },
    });
    toldUpTo(wednesday.toString());
    expect(await say(book, 'looking', 1)).toMatchObject({ ok: true });
  });

  it('keeps what the restored book planned in the meantime from going out', async () => {
    const world = await account();
    await run(world, 'north', await plan(world, 'north'));
    const book = await setBack(world);
    const id = await plan(book, 'north'); // before anybody said that it was set back
    await say(book, 'looking', 0);
    await workAll(book);
    await say(book, 'done', 1);
    await run(book, 'north', id, wednesday);
    expect(world.mailer.accepted).toHaveLength(1);
  });

  it('that the mail service never took is left alone', async () => {
    const world = await account({ fault: () => 'never' });
    await run(world, 'north', await plan(world, 'north'));
    const book = await setBack(world);
    await say(book, 'looking', 0);
    await workAll(book);
    expect(await readRestore(book.parts, companyId, everything)).toMatchObject({
      value: { lookedFor: { looked: 1, found: 0 } },
    });
    expect((await headOf(book, 'north')).dunning.contacts).toBeUndefined();
  });

  it('is asked about again for as long as nobody answers, and nothing leaves meanwhile', async () => {
    let isDumb = true;
    const world = await account({ isDumb: () => isDumb });
    await run(world, 'north', await plan(world, 'north'));
    const book = await setBack(world);
    await say(book, 'looking', 0);
    await workAll(book);
    expect(await readRestore(book.parts, companyId, everything)).toMatchObject({
      value: { state: 'looking', lookedFor: null },
    });
    expect(await say(book, 'done', 1)).toMatchObject({ ok: false, code: 'mails-still-looked-for' });
    isDumb = false;
    await say(book, 'looking', 1, wednesday.add({ hours: 1 }));
    await workAll(book);
    expect(await readRestore(book.parts, companyId, everything)).toMatchObject({
      value: { lookedFor: { found: 1 } },
    });
  });
});

it('a notice that went out is known by its name when its cause comes again', async () => {
  const world = await account();
  const told = async (at: MailWorld): Promise<string> => {
    const facts = planNotice(await headOf(at, 'north'), { text: 'T13', causeId: '2026-06' }, today);
    if (!facts.ok) throw new Error(facts.code);
    if (facts.value.length > 0) await appendTo(at, 'north', facts.value);
    return 'message:T13:2026-06';
  };
  await run(world, 'north', await told(world));
  expect(world.mailer.accepted).toHaveLength(1);
  const book = await setBack(world);
  await say(book, 'looking', 0);
  await workAll(book);
  await say(book, 'done', 1);
  await run(book, 'north', await told(book), wednesday);
  expect(world.mailer.accepted).toHaveLength(1);
});

it('what was on its way at that moment is woken, since the bus forgot it', async () => {
  const world = await account();
  const id = await plan(world, 'north');
  await say(world, 'looking', 0, tuesday);
  world.sender.sent.get('messages-to-send')!.splice(1);
  const [first] = world.sender.sent.get('messages-to-send')!;
  await findLostMails(world.parts, restoreStep.parse(first!.body), { scope: everything, now: tuesday });
  const woken = world.sender.sent.get('messages-to-send')!.map(({ body }) => body);
  expect(woken).toContainEqual({ v: 1, companyId, accountId: 'north', messageId: id });
});
