/**
 * Finds the entries a part made before it was interrupted, so that its report counts them, too.
 * From: a note of the versions its accounts had before the first append, kept beside the part. Next: `post-result.ts`.
 */
import type { Entry } from '../../shared/domain/entry.ts';
import type { ReadyAccount } from './post-account.ts';
import { causeOf, type PartCall } from './post-parts.ts';

const pageOfEntries = 100;

/** Versions by account. */
export type Versions = ReadonlyMap<string, number>;

const pathOf = ({ company: { companyId }, importId, part }: PartCall) => ({
  companyId,
  name: `${importId}/posting/${part}.json`,
});

/** The versions noted by an earlier run; undefined when nothing of the part was ever appended. */
export const versionsBefore = async (call: PartCall): Promise<Versions | undefined> => {
  const bytes = await call.parts.files.read(call.scope, pathOf(call));
  if (bytes === undefined) return undefined;
  return new Map(JSON.parse(new TextDecoder().decode(bytes)) as [string, number][]);
};

/** The versions accounts were loaded at. */
export const versionsOf = (accounts: readonly ReadyAccount[]): Versions =>
  new Map(accounts.map(({ work, loaded }) => [work.accountId, loaded.account.head.version]));

/** Must be kept before the first append. */
export const rememberVersions = (versions: Versions, call: PartCall): Promise<void> =>
  call.parts.files.write(call.scope, pathOf(call), JSON.stringify([...versions]));

/** All entries this part ever made on an account. */
export const entriesOfPart = async (
  accountId: string,
  before: Versions,
  call: PartCall,
): Promise<Entry[]> => {
  const { parts, scope, company } = call;
  const cause = causeOf(call);
  const own: Entry[] = [];
  let afterVersion = before.get(accountId) ?? 0;
  for (;;) {
    const key = { companyId: company.companyId, accountId };
    const page = await parts.accounts.entries(scope, key, { afterVersion, limit: pageOfEntries });
    own.push(...page.filter((entry) => entry.cause.kind === cause.kind && entry.cause.id === cause.id));
    if (page.length < pageOfEntries) return own;
    afterVersion = page.at(-1)!.version;
  }
};
