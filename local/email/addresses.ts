/**
 * What counts as an email address, and which senders belong to a linked domain.
 * From: `message.ts`. Next: nothing is stored; a bad address refuses the whole message, as in the service.
 */

const atom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const label = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const addressForm = new RegExp(`^${atom}(?:\\.${atom})*@(?:${label}\\.)+${label}$`);

export const isEmailAddress = (text: string): boolean =>
  text.length <= 254 && text.lastIndexOf('@') <= 64 && addressForm.test(text);

/** The same mailbox whatever the case of its letters. */
export const mailboxOf = (address: string): string => address.toLowerCase();

export const domainOf = (address: string): string => mailboxOf(address.slice(address.lastIndexOf('@') + 1));

/** `linked` holds addresses and `*@domain`. */
export const senderStanding = (
  sender: string,
  linked: readonly string[],
): 'linked' | 'unknown-user' | 'unlinked-domain' => {
  const patterns = linked.map((pattern) => pattern.toLowerCase());
  const domain = domainOf(sender);
  if (patterns.includes(mailboxOf(sender)) || patterns.includes(`*@${domain}`)) return 'linked';
  return patterns.some((pattern) => domainOf(pattern) === domain) ? 'unknown-user' : 'unlinked-domain';
};
