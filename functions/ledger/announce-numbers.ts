/**
 * Says which documents a part is about to post, and hears what other imports are posting at the same moment: of two
 * that bring one number on two accounts, whoever asks second knows of the first, posted or not.
 * From: `post-part.ts`, before it asks who has them. Next: rows that somebody else announced are held
 * (`number-elsewhere.ts`); two that announce before either asks are both held, nobody is guessed to be right.
 */
import type { AccountWork } from '../../shared/domain/account-work.ts';
import { instantFromText, textOfInstant } from '../../shared/domain/calendar.ts';
import type { Elsewhere } from '../../shared/domain/number-elsewhere.ts';
import { idsOfDocuments } from './find-elsewhere.ts';
import type { PartCall } from './post-parts.ts';

const folder = 'posting-now/';
/** A part that died announces anew when it comes again; one that never does keeps nobody's rows for longer. */
const longestHours = 1;

type Announcement = { at: string; documents: readonly (readonly [itemId: string, accountId: string])[] };

const pathOf = ({ company: { companyId }, importId, part }: PartCall) => ({
  companyId,
  name: `${folder}${importId}/${part}.json`,
});

/**
 * Must come before asking who has the documents: what is not announced any more is posted.
 * @returns by document, the account another import is posting it to now.
 */
export const announce = async (lines: readonly AccountWork[], call: PartCall): Promise<Elsewhere> => {
  const { parts, scope, now } = call;
  const documents = lines.flatMap((work) =>
    idsOfDocuments(work, parts.hashText).map((id) => [id, work.accountId] as const),
  );
  if (documents.length === 0) return new Map();
  const said: Announcement = { at: textOfInstant(now), documents };
  await parts.files.write(scope, pathOf(call), JSON.stringify(said));
  return heardBy(new Set(documents.map(([id]) => id)), call);
};

/** Its rows are posted or held: whoever asks now finds them on their accounts. */
export const sayPosted = ({ parts, scope, ...call }: PartCall): Promise<void> =>
  parts.files.remove(scope, pathOf({ parts, scope, ...call }));

/** Within one import the file itself was checked for numbers on two accounts. */
const heardBy = async (wanted: ReadonlySet<string>, call: PartCall): Promise<Elsewhere> => {
  const { parts, scope, company, importId, now } = call;
  const { companyId } = company;
  const heard = new Map<string, string>();
  for (const name of await parts.files.list(scope, { companyId, name: folder })) {
    if (name.startsWith(`${folder}${importId}/`)) continue;
    const bytes = await parts.files.read(scope, { companyId, name });
    if (bytes === undefined) continue; // posted between listing and reading: its items are found on their accounts
    const { at, documents } = JSON.parse(new TextDecoder().decode(bytes)) as Announcement;
    if (instantFromText(at).add({ hours: longestHours }).since(now).sign < 0) continue;
    for (const [id, accountId] of documents) if (wanted.has(id)) heard.set(id, accountId);
  }
  return heard;
};
