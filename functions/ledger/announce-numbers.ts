/**
 * Says which documents are about to be posted, and hears what others are posting at the same moment: of two that bring
 * one number on two accounts, whoever asks second knows of the first, posted or not.
 * From: `post-part.ts` and who types documents in, before they ask who has them. Next: rows that somebody else
 * announced are held (`number-elsewhere.ts`), people are told to look; two that announce before either asks are both
 * held, nobody is guessed to be right.
 */
import type { AccountWork } from '../../shared/domain/account-work.ts';
import { instantFromText, textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import type { Elsewhere } from '../../shared/domain/number-elsewhere.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { FileStore } from '../../shared/ports/file-store.ts';
import { idsOfDocuments } from './find-elsewhere.ts';
import type { PartCall } from './post-parts.ts';

const folder = 'posting-now/';
/** Who died announces anew when coming again; who never does keeps nobody's documents for longer. */
const longestHours = 1;

type OfAccount = readonly [itemId: string, accountId: string];
type Announcement = { at: string; documents: readonly OfAccount[] };

/** An owner hears nothing of itself: an import of its other parts, a request of its earlier try. */
export type Announcer = {
  files: FileStore;
  scope: Scope;
  now: Instant;
  companyId: string;
  owner: string;
  part: string;
};

const pathOf = ({ companyId, owner, part }: Announcer) => ({
  companyId,
  name: `${folder}${owner}/${part}.json`,
});

const announcerOf = ({ parts, scope, now, company, importId, part }: PartCall): Announcer => ({
  ...{ files: parts.files, scope, now, companyId: company.companyId, owner: importId, part },
});

/**
 * Must come before asking who has the documents: what is not announced any more is posted.
 * @returns by document, the account another import is posting it to now.
 */
export const announce = async (lines: readonly AccountWork[], call: PartCall): Promise<Elsewhere> =>
  announceDocuments(
    lines.flatMap((work) =>
      idsOfDocuments(work, call.parts.hashText).map((id): OfAccount => [id, work.accountId]),
    ),
    announcerOf(call),
  );

/** The same for documents that come by no file. */
export const announceDocuments = async (
  documents: readonly OfAccount[],
  announcer: Announcer,
): Promise<Elsewhere> => {
  if (documents.length === 0) return new Map();
  const { files, scope, now } = announcer;
  const said: Announcement = { at: textOfInstant(now), documents };
  await files.write(scope, pathOf(announcer), JSON.stringify(said));
  return heardBy(new Set(documents.map(([id]) => id)), announcer);
};

/** Its rows are posted or held: whoever asks now finds them on their accounts. */
export const sayPosted = (call: PartCall): Promise<void> => sayDone(announcerOf(call));

export const sayDone = (announcer: Announcer): Promise<void> =>
  announcer.files.remove(announcer.scope, pathOf(announcer));

/** Within one import the file itself was checked for numbers on two accounts. */
const heardBy = async (wanted: ReadonlySet<string>, announcer: Announcer): Promise<Elsewhere> => {
  const { files, scope, companyId, owner, now } = announcer;
  const heard = new Map<string, string>();
  for (const name of await files.list(scope, { companyId, name: folder })) {
    if (name.startsWith(`${folder}${owner}/`)) continue;
    const bytes = await files.read(scope, { companyId, name });
    if (bytes === undefined) continue; // posted between listing and reading: its items are found on their accounts
    const { at, documents } = JSON.parse(new TextDecoder().decode(bytes)) as Announcement;
    if (instantFromText(at).add({ hours: longestHours }).since(now).sign < 0) continue;
    for (const [id, accountId] of documents) if (wanted.has(id)) heard.set(id, accountId);
  }
  return heard;
};
