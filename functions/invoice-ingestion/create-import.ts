/**
 * Announces an upload: what the file is and what must be found in it.
 * From: `POST api/imports`, and all shorter ways in. Next: blocks, then the commit. The id derives from content:
 * the same file again is the same import and answers with what it came to.
 */
import type { ImportBody } from '../../shared/contracts/imports.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { AttachmentKey } from '../../shared/domain/attachment.ts';
import { textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import type { ImportDocument, Sums } from '../../shared/domain/imports.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { isInScope, type Scope } from '../../shared/domain/scope.ts';
import { formatOf, importIdOf, scopeNameOf } from './import-ids.ts';
import type { IngestionStores } from './stores.ts';

export type Sender = {
  by: string;
  /** Machines send feeds, people send files. */
  isFeed: boolean;
};

const gibibyte = 1024 ** 3;
const quotas = { person: { files: 20, bytes: 4 * gibibyte }, feed: { files: 200, bytes: 200 * gibibyte } };

/** Tries of one content under other declarations, each after the one before was refused. */
const mostAttempts = 20;

export type Created = { document: ImportDocument; isAgain: boolean };

export const createImport = async (
  stores: IngestionStores,
  scope: Scope,
  body: ImportBody,
  sender: Sender,
  now: Instant,
  corrects?: ImportDocument['corrects'],
): Promise<Outcome<Created, ProblemCode>> => {
  if (!isInScope(scope, body.company)) return refuse('not-found', 'There is no such company.');
  const place = { scope: `company:${body.company}`, name: 'company' };
  if ((await stores.settings.read(scope, place)) === undefined)
    return refuse('company-unknown', `${body.company} is not set up.`);
  if (body.kind === 'snapshot' && body.asOf === undefined)
    return refuse('as-of-missing', 'A snapshot without `asOf` can not be reconciled.');
  const format = formatOf(body);
  if (format === undefined)
    return refuse('file-kind-not-read', `${body.name} of kind ${body.kind}: say its format.`);
  const fresh = documentOf(body, format, sender, now, corrects);
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const document = { ...fresh, importId: importIdOf(body, scopeNameOf(body.scope), attempt) };
    const found = await stores.imports.load(scope, document);
    if (found && isSpent(found.document, fresh)) continue;
    if (found) return done({ document: found.document, isAgain: found.document.state !== 'receiving' });
    const quota = quotas[sender.isFeed ? 'feed' : 'person'];
    const file = { importId: `${body.company} ${document.importId}`, bytes: body.size };
    const counting = { by: sender.by, day: textOfInstant(now).slice(0, 10) };
    if ((await stores.imports.countUpload(scope, counting, file, quota)) === 'too-many')
      return refuse('too-many-uploads', `At most ${quota.files} files and ${quota.bytes} bytes a day.`);
    const created = await stores.imports.create(scope, document);
    return created === 'created'
      ? done({ document, isAgain: false })
      : done({ document: created.document, isAgain: created.document.state !== 'receiving' });
  }
  return refuse('too-many-uploads', `This file was refused ${mostAttempts} times; mend it first.`);
};

/** Refused as it was declared then; declared otherwise it gets another chance. Nothing of it was ever posted. */
const isSpent = (found: ImportDocument, fresh: ImportDocument): boolean =>
  found.state === 'refused' &&
  JSON.stringify([found.reading, found.declared, found.format]) !==
    JSON.stringify([fresh.reading, fresh.declared, fresh.format]);

const documentOf = (
  body: ImportBody,
  format: string,
  { by }: Sender,
  now: Instant,
  corrects: ImportDocument['corrects'],
): ImportDocument => {
  const { profile, locale, encoding, delimiter } = body;
  const { currency, accounts } = body.scope;
  const at = textOfInstant(now);
  return {
    companyId: body.company,
    importId: '',
    kind: body.kind,
    format,
    source: body.source,
    reading: {
      ...{ ...(profile && { profile }), ...(locale && { locale }) },
      ...{ ...(encoding && { encoding }), ...(delimiter && { delimiter }) },
    },
    fileName: body.name,
    bytes: body.size,
    sha256: body.sha256,
    scope: { ...(currency && { currency }), ...(accounts && { accounts }) },
    ...(body.asOf !== undefined && { asOf: body.asOf }),
    ...(body.sequence !== undefined && { sequence: body.sequence }),
    declared: {
      ...(body.rows !== undefined && { rows: body.rows }),
      ...(body.controlSums && { sums: body.controlSums as Sums }),
    },
    ...(corrects && { corrects }),
    ...(body.paper && { paper: paperOf(body.paper) }),
    state: 'receiving',
    buckets: 1,
    progress: { phase: 'receive', bytesRead: 0, step: 0, bucketsDone: 0, partsSent: 0 },
    counts: { rows: 0, accepted: 0, rejected: 0, repeated: 0 },
    rejectedBy: {},
    sums: {},
    unreadableKeys: 0,
    by,
    receivedAt: at,
    changedAt: at,
  };
};

const paperOf = ({ fiscalYear, account, ...key }: NonNullable<ImportBody['paper']>): AttachmentKey => ({
  ...key,
  ...(fiscalYear !== undefined && { fiscalYear }),
  ...(account !== undefined && { account }),
});
