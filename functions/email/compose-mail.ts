/**
 * The exact mail of a message: data of this one account, rendered, with its files, links and headers.
 * From: `send-message.ts`, once the gate let it pass; previews. Next: kept in `documents` before the claim, sent from
 * there. What cannot be made is refused with the reason: never half a mail.
 */
import { mailPlaces, mailSettingFrom, type MessagePaper } from '../../shared/contracts/mail.ts';
import { payeeFrom } from '../../shared/contracts/payee-details.ts';
import { buildMessageData, type Demand } from '../../shared/domain/build-message-data.ts';
import { addDays, dayAt, textOfInstant, type Day } from '../../shared/domain/calendar.ts';
import type { PlannedMessage } from '../../shared/domain/dunning-facts.ts';
import { payByAt } from '../../shared/domain/planned-message.ts';
import { replyAddressOf, senderRefusal, type MailSetting } from '../../shared/domain/mail-setting.ts';
import type {
  CauseData,
  MessageData,
  MessageLanguage,
  MessageText,
} from '../../shared/domain/message-data.ts';
import type { PendingNotice } from '../../shared/domain/notice.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { ourDetailsNow, type BankDetails } from '../../shared/domain/payee-details.ts';
import type { Recipient } from '../../shared/domain/recipients.ts';
import type { CompanyFrame } from '../../shared/edge/read-dunning-frame.ts';
import type { LinkPurpose } from '../../shared/ports/link-signer.ts';
import { oneLine, type Mail, type MailAddress } from '../../shared/domain/mail.ts';
import { textCatalogue } from '../../shared/formats/text-catalogue.ts';
import { causeOfNotice, type Told } from './cause-of-notice.ts';
import { causeOfReminder } from './cause-of-reminder.ts';
import { filesOf } from './compose-files.ts';
import { furtherClaims } from './further-claims.ts';
import { demandOfNotice } from './notice-demand.ts';
import { earlierContacts } from './earlier-contacts.ts';
import type { Judged } from './gate-message.ts';
import { ownTextOf } from './own-texts.ts';
import { placeText, type MailCall, type MailParts, type Place } from './parts.ts';

export type Composed = {
  mail: Omit<Mail, 'replyTo'>;
  /** Where replies go, by the token of the hand-over. */
  replyTo: (token: string) => MailAddress;
  text: MessageText;
  language: MessageLanguage;
  data: MessageData;
  /** Of the text it was made by: the company's own, or ours. */
  template: { isOwn: boolean; version: number };
};

export type ToCompose = {
  place: Place;
  judged: Judged;
  frame: CompanyFrame;
  paper: MessagePaper;
  /** Tried instead of what is in force: of previews. */
  draft?: { source: string };
} & ({ planned: PlannedMessage } | { notice: PendingNotice });

/** Where the step of the policy names no day; how long a link opens what it names. */
const [daysToPay, linkDays] = [7, 90];

export const composeMail = async (
  parts: MailParts,
  call: MailCall,
  wanted: ToCompose,
): Promise<Outcome<Composed, NotComposed>> => {
  const { place, judged, frame } = wanted;
  const { to, language } = judged.recipients;
  if (to === undefined || language === undefined) return refuse('not-rendered', 'Nobody can be written to.');
  const text = ('planned' in wanted ? wanted.planned.text : wanted.notice.text) as MessageText;
  const known = await companyMail(parts, call, place.companyId);
  // one such mail would make the mail service's refusal hold up everybody's
  const refused = known.setting && senderRefusal(known.setting, parts.senderDomains ?? []);
  if (refused !== undefined) return refuse('not-rendered', refused);
  const notice = 'notice' in wanted ? wanted.notice : undefined;
  const source = { parts, scope: call.scope, place, judged, frame, language };
  const told =
    'planned' in wanted
      ? { cause: causeOfReminder(source, wanted.planned) }
      : await causeOfNotice(source, notice, wanted.paper);
  const demand =
    'planned' in wanted ? wanted.planned : demandOfNotice(about(wanted.notice, told), judged, frame);
  if (notice !== undefined && isSettled(text, demand)) return refuse('paid', 'There is nothing to ask for.');
  const dataOf = (shown: Demand) => dataFor(parts, call, wanted, { to, ...told, demand: shown }, known);
  const data = dataOf(demand);
  if (!data.ok) return data;
  const { inForce: own } = await ownTextOf(parts, call.scope, { companyId: place.companyId, text, language });
  const rendered = await parts.render(text, language, data.value, wanted.draft ?? own);
  if (!rendered.ok) return refuse('not-rendered', rendered.detail);
  const { subject, html, text: plain } = rendered.value;
  const template = { isOwn: own !== undefined, version: own?.version ?? rendered.value.version };
  const planned = 'planned' in wanted ? wanted.planned : undefined;
  const files = await filesOf(parts, source, { planned, notice, text, data: data.value, dataOf });
  if (!files.ok) return files;
  const { from, sender } = known.setting!;
  const mail = {
    ...{ from, to: [addressOf(to)], cc: judged.recipients.copies.map(addressOf) },
    ...{ subject, html, text: plain, headers: headersOf(parts, place), files: files.value },
  };
  const replyTo = (token: string): MailAddress => ({
    address: replyAddressOf(known.setting!, token),
    name: sender.name,
  });
  return done({ mail, replyTo, text, language, template, data: data.value });
};

/** `paid`: a text that asks for money, and none is owed any more. */
export type NotComposed = 'not-rendered' | 'paid';

/** What it names itself, else what its cause is about. */
const about = (notice: PendingNotice, { itemIds }: Told): PendingNotice =>
  notice.itemIds !== undefined || itemIds === undefined ? notice : { ...notice, itemIds };

const isSettled = (text: MessageText, { sums }: Demand): boolean =>
  textCatalogue[text].demands && Object.values(sums).every((asked) => asked <= 0);

const addressOf = ({ email, name }: Recipient): MailAddress => ({
  address: email,
  ...(name === undefined ? {} : { name: oneLine(name) }),
});

/** A mail that came twice is recognised by it; nothing of it tells whose it is. */
const headersOf = ({ hashText, salt }: MailParts, place: Place): Record<string, string> => ({
  'X-Dunwell-Message': hashText(`${salt}:message:${placeText(place)}:${place.messageId}`).slice(0, 32),
  'Auto-Submitted': 'auto-generated',
});

export type CompanyMail = { setting: MailSetting | undefined; bank: BankDetails | undefined };

export const companyMail = async (
  { settings }: Pick<MailParts, 'settings'>,
  { scope, now }: MailCall,
  companyId: string,
): Promise<CompanyMail> => {
  const read = (name: string) => settings.read(scope, { scope: `company:${companyId}`, name });
  const [mail, bank] = await Promise.all([read(mailPlaces.mail), read(mailPlaces.bank)]);
  return {
    setting: mailSettingFrom(mail?.value),
    bank: ourDetailsNow(payeeFrom(bank?.value), now).inForce,
  };
};

const dataFor = (
  parts: MailParts,
  call: MailCall,
  wanted: ToCompose,
  { to, cause, demand }: { to: Recipient; cause: CauseData; demand: Demand },
  { setting, bank }: CompanyMail,
): Outcome<MessageData, 'not-rendered'> => {
  const { place, judged, frame } = wanted;
  if (judged.loaded.account.head.accountId !== place.accountId || frame.company.companyId !== place.companyId)
    throw new Error(`what was loaded is not of account ${place.accountId}`);
  const payByOn = payByFor(wanted, call, demand);
  return buildMessageData({
    ...{ company: frame.company, accountId: place.accountId, setting, bank, to, demand },
    ...{ masterData: judged.masterData, items: judged.items, now: call.now },
    ...{ payByOn, zone: judged.input.payer.zone },
    links: linksOf(parts, call, place, setting?.linkOrigin ?? ''),
    ...{ earlier: earlierContacts(judged.loaded), cause },
    ...('planned' in wanted ? furtherClaims(wanted.planned, { judged, frame, now: call.now }) : {}),
  });
};

/** As planned; else when the last of what is not due yet falls due, or a week from the recipient's day. */
const payByFor = (wanted: ToCompose, { now }: MailCall, demand: Demand): Day => {
  const planned = 'planned' in wanted ? payByAt(wanted.planned, wanted.frame.today) : undefined;
  if (planned !== undefined) return planned;
  const { items, input } = wanted.judged;
  const today = dayAt(now, input.payer.zone);
  const dueOn = demand.items.flatMap(({ itemId }) => items.get(itemId)?.dueOn ?? []);
  const last = dueOn.toSorted().at(-1);
  const isCourtesy = dueOn.length > 0 && dueOn.every((day) => day >= today);
  return isCourtesy && last !== undefined ? last : addDays(today, daysToPay);
};

const pathOf: Record<Exclude<LinkPurpose, 'document' | 'decision'>, string> = {
  ...{ pay: 'pay', statement: 'statement', 'already-paid': 'paid', 'something-wrong': 'help' },
};

const linksOf = (
  { links }: MailParts,
  { now }: MailCall,
  { companyId, accountId, messageId }: Place,
  origin: string,
): MessageData['links'] => {
  // of the day, so that a mail composed again within it has the same links
  const expiresAt = `${textOfInstant(now.add({ hours: 24 * linkDays })).slice(0, 10)}T00:00:00Z`;
  const link = (purpose: keyof typeof pathOf): string =>
    `${origin}/${pathOf[purpose]}/${links.sign({ companyId, accountId, messageId, purpose, expiresAt })}`;
  return {
    ...{ origin, pay: link('pay'), statement: link('statement') },
    ...{ alreadyPaid: link('already-paid'), somethingWrong: link('something-wrong') },
  };
};
