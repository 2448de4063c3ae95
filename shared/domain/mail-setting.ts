/**
 * How a company writes: who signs, where replies go, what its links begin with.
 * From: setting `mail` of the company. Next: `build-message-data.ts`; without it nothing is rendered, and so nothing sent.
 */
import type { SenderData } from './message-data.ts';

export type MailSetting = {
  /** Verified at the mail service. */
  from: string;
  /** Replies go to `reply+<token>@<this>`. */
  replyDomain: string;
  /** Lines under the seller's legal name. */
  address: readonly string[];
  sender: SenderData;
  /** Where the portal is reached, such as `https://pay.example.com`. */
  linkOrigin: string;
};

/** Why nobody can write from this address; undefined where the mail service takes it, or nobody said what it takes. */
export const senderRefusal = (
  { from }: Pick<MailSetting, 'from'>,
  domains: readonly string[],
): string | undefined => {
  const domain = from.slice(from.lastIndexOf('@') + 1).toLowerCase();
  if (domains.length === 0 || domains.includes(domain)) return undefined;
  const allowed = domains.map((one) => `…@${one}`).join(' or ');
  return `${from} is refused by the mail service: it sends from ${allowed}. Use such an address, or have ${domain} verified and linked there and named in MAIL_FROM_DOMAIN.`;
};

const replyLocal = 'reply';

/** Where a reply to one message comes back to. */
export const replyAddressOf = ({ replyDomain }: Pick<MailSetting, 'replyDomain'>, token: string): string =>
  `${replyLocal}+${token}@${replyDomain}`;

/** The token of an address replies come to; undefined of any other. */
export const replyTokenOf = (address: string): string | undefined =>
  /^reply\+([a-z0-9]{16,64})@/i.exec(address.trim())?.[1]?.toLowerCase();

export const replyTokenLength = 32;
