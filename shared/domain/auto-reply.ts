/**
 * Whether a mail was written by a machine: an absence note, a ticket system, a mail server. It pauses nothing.
 * From: headers and subject of an inbound mail. Next: the mail workflow; a substitute named in it is looked for.
 */
export type InboundHeaders = Readonly<Record<string, string>>;
export type AutoReply = 'absence' | 'ticket' | 'delivery' | 'other';

/** Phrases that people do not write, wherever they stand. */
const note =
  /\b(out of (the )?office|auto(matic)?[ -]?reply|abwesenheits\w*|nicht im (b[üu]ro|haus)|automatische antwort|r[ée]ponse automatique)\b|תגובה אוטומטית|מחוץ למשרד|מענה אוטומטי/iu;
/** Words that people use of goods and papers, too: a note begins with them. */
const beginning =
  /^((re|aw|tr|wg|fw|fwd)\s?:\s*)*(i am |i['’]m |currently )?(on (annual |parental )?leave|away from (my|the) (desk|office)|abwesend|absence|absente?|en cong[ée]s?)(?![\p{L}\p{N}_])/iu;
const isAbsence = (subject: string): boolean => note.test(subject) || beginning.test(subject.trim());
const ticket =
  /\[?\b(ticket|case|request|incident|vorgang|anfrage|demande|dossier)\b\s*(id|no\.?|nr\.?|n°|number|nummer)?\s*[:#]?\s*#?\s*[A-Z]*-?\d{3,}\]?|\bwe (have )?received your (request|message|e-?mail)\b|\bwir haben ihre (anfrage|nachricht|e-?mail) erhalten\b|\bnous avons bien re[çc]u votre (demande|message)\b|פנייתך התקבלה|קיבלנו את פנייתך/iu;
const delivery =
  /^(undeliverable\b|undelivered mail|delivery status notification|returned mail|mail delivery (failed|subsystem)|unzustellbar\s*:|non remis\s*:)/iu;
/** Who answers a dunning mail by hand does not call it a case number of theirs: only with a machine's headers or sender. */
const machine =
  /^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|ticket\w*|helpdesk|support|service-?desk|noreply\w*)@/i;

/** Undefined: a person wrote it, as far as can be told; what is unsure is a person's. */
export const autoReplyOf = (
  headers: InboundHeaders,
  subject: string,
  from: string,
): AutoReply | undefined => {
  const value = (name: string): string => (headers[name] ?? '').trim().toLowerCase();
  if (value('content-type').startsWith('multipart/report') || /^mailer-daemon@/i.test(from))
    return 'delivery';
  const submitted = value('auto-submitted');
  const isByHeader =
    (submitted !== '' && submitted !== 'no') ||
    value('x-auto-response-suppress') !== '' ||
    value('x-autoreply') !== '' ||
    value('x-autorespond') !== '' ||
    ['auto_reply', 'bulk', 'junk', 'list'].includes(value('precedence'));
  const isBySubject = isAbsence(subject) || delivery.test(subject.trim());
  const isTicket = ticket.test(subject);
  if (!isByHeader && !isBySubject && !(isTicket && machine.test(from))) return undefined;
  if (delivery.test(subject.trim())) return 'delivery';
  if (isTicket) return 'ticket';
  return isAbsence(subject) || isByHeader ? (isAbsence(subject) ? 'absence' : 'other') : 'other';
};

/** An address an absence note names for the time being; never the sender's own. */
export const substituteOf = (text: string, from: string): string | undefined =>
  [
    ...text
      .slice(0, 20_000)
      .matchAll(/[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}/g),
  ]
    .map(([address]) => address.toLowerCase())
    .find(
      (address) =>
        address !== from.toLowerCase() && address.split('@')[1] === from.toLowerCase().split('@')[1],
    );
