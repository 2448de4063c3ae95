/**
 * What the portal needs.
 * From: `functions/parts.ts`. Next: the workflows beside this file.
 */
import type { Edge } from '../../shared/edge/edge.ts';
import type { Download } from '../../shared/edge/http-files.ts';
import type { BusinessCalendar } from '../../shared/domain/business-days.ts';
import type { AccountKey } from '../../shared/domain/account.ts';
import type { OwnCase, OwnCaseAnswer, OwnPaper } from '../../shared/contracts/portal-cases.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { Actor, Cause } from '../../shared/domain/entry.ts';
import type { AmountMinor } from '../../shared/domain/money.ts';
import type { Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { Day, Instant } from '../../shared/domain/calendar.ts';
import type { HashText } from '../../shared/domain/document-ids.ts';
import type { AccountStore } from '../../shared/ports/account-store.ts';
import type { AlertStore } from '../../shared/ports/alert-store.ts';
import type { CallCounter } from '../../shared/ports/call-counter.ts';
import type { CheckoutProvider } from '../../shared/ports/checkout-provider.ts';
import type { CheckoutStore } from '../../shared/ports/checkout-store.ts';
import type { InboxStore } from '../../shared/ports/inbox-store.ts';
import type { LinkSigner } from '../../shared/ports/link-signer.ts';
import type { MemberStore } from '../../shared/ports/member-store.ts';
import type { MessageSender } from '../../shared/ports/message-sender.ts';
import type { PeopleStore } from '../../shared/ports/people-store.ts';
import type { RunStore } from '../../shared/ports/run-store.ts';
import type { SessionStore } from '../../shared/ports/session-store.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';
import type { PaperStores } from './own-papers.ts';
import type { TokenStore } from '../../shared/ports/token-store.ts';

/** Opens a case as the disputes piece does, which alone knows its rules. */
export type OpenCase = (
  call: { scope: Scope; now: Instant; actor: Actor; cause: Cause },
  key: AccountKey,
  wanted: { code: string; items: { item: string; amount: AmountMinor }[]; text: string; papers: string[] },
) => Promise<Outcome<{ case: string }, ProblemCode>>;

type CaseWork = { scope: Scope; now: Instant; actor: Actor; cause: Cause };

/** Opens a query as the disputes piece does. */
export type OpenQuery = (
  call: CaseWork,
  key: AccountKey,
  wanted: { code: string; items: string[]; text: string },
) => Promise<Outcome<{ query: string; pausesUntilOn: string }, ProblemCode>>;

/** Cases of an account that is known to be the customer's, as the disputes piece shows them. */
export type OwnCases = {
  list: (call: CaseWork, key: AccountKey) => Promise<OwnCase[]>;
  read: (call: CaseWork, key: AccountKey, id: string) => Promise<Outcome<OwnCaseAnswer, ProblemCode>>;
  addPaper: (
    call: CaseWork,
    key: AccountKey,
    file: { id: string; name: string; bytes: Uint8Array },
  ) => Promise<Outcome<OwnPaper, ProblemCode>>;
  paper: (
    call: CaseWork,
    key: AccountKey,
    of: { id: string; paper: string },
  ) => Promise<Outcome<Download, 'not-found'>>;
};

export type PortalStores = {
  accounts: AccountStore;
  settings: Pick<SettingsStore, 'read'>;
  /** The same for pages that only show: companies from memory. */
  remembered: Pick<SettingsStore, 'read'>;
  checkouts: CheckoutStore;
  provider: CheckoutProvider;
  counter: CallCounter;
  members: MemberStore;
  people: PeopleStore;
  /** Of an address, salted. */
  hashEmail: (email: string) => string;
  sender: MessageSender;
  hashText: HashText;
  calendarOf: (country: string, around: Day) => Promise<BusinessCalendar>;
  /** The portal's own, such as `https://pay.example.com`. */
  origin: string;
  openCase: OpenCase;
  openQuery: OpenQuery;
  ownCases: OwnCases;
} & PaperStores;

export type SignInStores = Pick<
  PortalStores,
  'accounts' | 'settings' | 'sender' | 'hashText' | 'origin' | 'counter' | 'members' | 'hashEmail'
> & {
  sessions: SessionStore;
  links: LinkSigner;
  tokens: TokenStore;
  /** 256 random bits, safe in a cookie. */
  newSecret: () => string;
};

export type EventStores = PortalStores & {
  inbox: InboxStore;
  runs: RunStore;
  alerts: Pick<AlertStore, 'raise'>;
};

export type PortalParts = {
  edge: Edge;
  portal: PortalStores;
  signIn: SignInStores;
  events: EventStores;
};

/** The payment account of a company: its own, else that of the deployment. */
export const providerOf = (provider: CheckoutProvider, companyId: string): string | undefined => {
  const accounts = provider.accounts();
  return [companyId, 'default'].find((name) => accounts.includes(name));
};
