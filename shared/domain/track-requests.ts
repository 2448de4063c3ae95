/**
 * Tracks of items no stage concerns (`defaults.md` §4.4): a down payment that was requested is written about on its third
 * day and called about on its seventh, with sales; an invoice refused by the customer's own system is put right by a
 * clerk. Days count from the due day of the request: nobody is asked for money before it is due.
 * From: the look at an account. Next: facts of the same append.
 */
import type { Account, AccountItem } from './account.ts';
import { addBusinessDays } from './business-days.ts';
import type { Day } from './calendar.ts';
import type { DunningFrame } from './dunning-input.ts';
import type { Fact } from './facts.ts';
import { standingOfItem } from './item-standing.ts';
import { isRejected } from './item-waits.ts';
import { planNotice } from './plan-notice.ts';
import type { Duty } from './policy.ts';
import { defaultTracks, trackDayOf, type Track, type TrackStep } from './policy-tracks.ts';

type Frame = Pick<DunningFrame, 'today' | 'calendar' | 'goLiveOn' | 'blocks' | 'disclosedFactors'>;

const downPayment: Track = defaultTracks.find(({ id }) => id === 'downPayment')!;

/** Open requests nobody keeps back. */
const requestsOf = ({ head, items }: Account, frame: Frame): AccountItem[] =>
  [...items.values()].filter(
    (item) =>
      item.kind === 'downPaymentRequest' &&
      item.open > 0 &&
      standingOfItem(item, head, frame).reason === undefined,
  );

export const requestDays = (account: Account, frame: Frame): Day[] =>
  requestsOf(account, frame).flatMap(({ dueOn }) =>
    downPayment.steps.map((step) => trackDayOf(step, dueOn, frame.calendar)),
  );

export const requestFacts = (account: Account, frame: Frame): Fact[] => [
  ...requestsOf(account, frame).flatMap((item) => downPaymentFacts(account, item, frame)),
  ...portalFacts(account, frame),
];

/** What its days were over before the company dunned here is somebody else's. */
const downPaymentFacts = (account: Account, item: AccountItem, frame: Frame): Fact[] => {
  const { today, goLiveOn, calendar, blocks } = frame;
  if (blocks.length > 0) return [];
  return downPayment.steps.flatMap((step) => {
    const on = trackDayOf(step, item.dueOn, calendar);
    return on > today || (goLiveOn !== undefined && on < goLiveOn)
      ? []
      : stepFacts(account, item, step, frame);
  });
};

const stepFacts = ({ head }: Account, item: AccountItem, step: TrackStep, frame: Frame): Fact[] => {
  if (step.act !== 'mail') return [work('call', `downPayment:${item.id}`, step.does, item, frame)];
  const planned = planNotice(
    head,
    { text: 'T2', causeId: `downPayment:${item.id}`, itemIds: [item.id] },
    frame.today,
  );
  return planned.ok ? [...planned.value] : [];
};

const portalAct = 'resubmitToPortal';
const portalDays = 2;

/** While it is refused there is work for a clerk; once it is not any more, there is none. */
const portalFacts = ({ head, items }: Account, frame: Frame): Fact[] => {
  const refused = [...items.values()].filter((item) => item.open > 0 && isRejected(item));
  const causeOf = ({ id, apStatusOn }: AccountItem): string => `${id}:${apStatusOn ?? ''}`;
  const wanted = new Set(refused.map((item) => taskId(portalAct, causeOf(item))));
  const ended = (head.dunning.tasks ?? []).filter(({ id, act }) => act === portalAct && !wanted.has(id));
  return [
    ...refused.map((item) => work(portalAct, causeOf(item), ['arClerk'], item, frame, portalDays)),
    ...ended.map(({ id }): Fact => ({ kind: 'taskEnded', taskId: id, as: 'done', on: frame.today })),
  ];
};

const taskId = (act: string, cause: string): string => `task:track:${act}:${cause}`;

const work = (
  act: string,
  cause: string,
  does: readonly Duty[],
  { currency, open }: AccountItem,
  { today: on, calendar }: Frame,
  days = 1,
): Fact => {
  const dueOn = addBusinessDays(on, days, calendar);
  const task = { id: taskId(act, cause), act, stage: 0, createdOn: on, dueOn, does, items: [] };
  return { kind: 'taskCreated', task: { ...task, sums: { [currency]: open } }, on };
};
