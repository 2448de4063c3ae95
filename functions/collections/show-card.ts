/**
 * The card of an account before a call: who, how much, what was promised, whether now, what to say (R35).
 * From: `GET api/companies/{company}/worklist/{account}/card`. Next: a collector's screen; nothing is left to look up.
 */
import type { CardAnswer } from '../../shared/contracts/calls.ts';
import { textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import { prefilledAnswers, prefilledFollowUp, type CallContext } from '../../shared/domain/log-call.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { AccountStore } from '../../shared/ports/account-store.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';
import { claimsOfAccount, contextOf, mayCallNow, type CurrencyClaim, type MayCall } from './call-frame.ts';
import { readScript, scriptFor } from './call-script.ts';
import { readMaster, readOpen } from './read-account.ts';
import type { CompanyRows, FrameStores, RowsOf } from './worklist-frame.ts';

export type CardParts = {
  accounts: AccountStore;
  settings: Pick<SettingsStore, 'read'>;
  rowsOf: RowsOf;
  calendarOf: FrameStores['calendarOf'];
};

/** Contacts and items one card shows. */
const [mostContacts, mostItems] = [5, 20];

export const showCard = async (
  { accounts, settings, rowsOf, calendarOf }: CardParts,
  { company: companyId, account: accountId }: { company: string; account: string },
  { scope, now }: { scope: Scope; now: Instant },
): Promise<Outcome<CardAnswer, 'not-found'>> => {
  const loaded = await readOpen(accounts, scope, { companyId, accountId });
  const frame = loaded === undefined ? undefined : await rowsOf(companyId, now);
  if (loaded === undefined || frame === undefined) return refuse('not-found', 'There is no such account.');
  const masterData = await readMaster(accounts, scope, loaded.account);
  const theirs = await calendarOf(masterData.country ?? frame.company.country, frame.today);
  const claims = claimsOfAccount(loaded, frame);
  const wanted = scriptFor(loaded.account.head, claims, masterData, frame.company.legalName);
  const may = mayCallNow(loaded, masterData, frame, theirs, now);
  const { dunning, disputes = [] } = loaded.account.head;
  const { promises = [], brokenOn = [], contacts = [] } = dunning;
  return done({
    ...{ account: accountId, today: frame.today, zone: may.zone },
    ...(masterData.name !== undefined && { name: masterData.name }),
    localTime: now.toZonedDateTimeISO(may.zone).toPlainTime().toString().slice(0, 5),
    ...mayShown(may),
    script: await readScript(settings, scope, companyId, wanted),
    claims: claims.map(claimShown),
    promises: promises.map(({ id, amount, currency, dueOn, madeOn }) => ({
      id,
      amount,
      currency,
      dueOn,
      madeOn,
    })),
    brokenOn: [...brokenOn],
    disputes: disputes.map(({ id, code, held, currency }) => ({ id, code, held, currency })),
    lastContacts: contacts
      .slice(0, mostContacts)
      .map(({ on, by, channel, isTalk }) => ({ on, by, channel, isTalk: isTalk === true })),
    contacts: (masterData.contacts ?? []).map(({ name, phone, email, role }) => ({
      ...{ name, ...(phone !== undefined && { phone }), ...(email !== undefined && { email }) },
      ...(role !== undefined && { role }),
    })),
    outcomes: outcomesShown(contextOf(loaded, claims, masterData, frame), claims[0]?.currency, frame, now),
  });
};

const mayShown = ({ time, limit }: MayCall): Pick<CardAnswer, 'mayCall' | 'notNow'> => {
  if (limit !== undefined) return { mayCall: false, notNow: { reason: limit.reason, from: limit.on } };
  if (time.isOpen) return { mayCall: true, notNow: null };
  return { mayCall: false, notNow: { reason: time.reason, from: textOfInstant(time.opensAt) } };
};

const claimShown = ({ currency, claim, credits, items }: CurrencyClaim): CardAnswer['claims'][number] => ({
  ...{ currency, claim, credits, oldestDueOn: items[0]?.item.dueOn ?? null },
  items: items.slice(0, mostItems).map(({ item, claim: asked }) => ({
    ...{ item: item.id, number: item.number, dueOn: item.dueOn, claim: asked, open: item.open },
  })),
});

const outcomesShown = (
  context: CallContext,
  currency: string | undefined,
  { today }: CompanyRows,
  now: Instant,
): CardAnswer['outcomes'] =>
  context.outcomes.map((outcome) => {
    const answers = prefilledAnswers(outcome, context);
    const next = prefilledFollowUp(outcome, { at: textOfInstant(now), on: today, answers }, context);
    return {
      ...{ code: outcome.code, rightParty: outcome.rightParty, asks: [...outcome.asks] },
      prefilled: {
        ...{ amount: answers.amount ?? null, day: answers.day ?? null, items: [...(answers.itemIds ?? [])] },
        currency: answers.amount === undefined ? null : (currency ?? null),
      },
      followUp: next === undefined ? null : { on: next.on, at: next.at ?? null, half: next.half ?? null },
    };
  });
