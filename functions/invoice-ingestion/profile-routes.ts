/**
 * Routes of mapping profiles: list, keep, look how one reads a file.
 * From: `triggers.ts`. Next: `keep-profiles.ts`, `preview-profile.ts`.
 */
import {
  previewAnswer,
  previewBody,
  previewQuery,
  profileAnswer,
  profileBody,
  profilePlace,
  profilesAnswer,
  profilesQuery,
  type PreviewAnswer,
} from '../../shared/contracts/mapping-profiles.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { ImportDocument } from '../../shared/domain/imports.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { isInScope } from '../../shared/domain/scope.ts';
import type { Edge } from '../../shared/edge/edge.ts';
import { onUpload } from '../../shared/edge/http-files.ts';
import { onRead } from '../../shared/edge/http.ts';
import { onWrite } from '../../shared/edge/http-write.ts';
import { hiddenColumns, plainCells, withoutHidden } from './hide-cells.ts';
import { listProfiles, saveProfile } from './keep-profiles.ts';
import { previewProfile, sourceForPreview } from './preview-profile.ts';
import { blockBytes } from './receive-file.ts';
import type { IngestionStores } from './stores.ts';

export const registerProfiles = ({ edge, stores }: { edge: Edge; stores: IngestionStores }): void => {
  const seen = async (
    preview: Outcome<PreviewAnswer, ProblemCode>,
    { company }: { company: string },
    call: Parameters<typeof hiddenColumns>[1],
  ): Promise<typeof preview> => {
    if (!preview.ok) return preview;
    const hidden = await hiddenColumns(stores.settings, call, company);
    const rows = preview.value.rows.map((row) => {
      const { reasons, ...rest } = withoutHidden(row, hidden);
      return { ...rest, reasons: [...reasons], reads: plainCells(row.reads, hidden) };
    });
    return done({ ...preview.value, rows });
  };
  onRead(edge, {
    name: 'list-mapping-profiles',
    route: 'api/mapping-profiles',
    action: 'inv.import.report.read',
    query: profilesQuery,
    answer: profilesAnswer,
    run: ({ query, scope }) => listProfiles(stores.settings, scope, query.company),
  });
  onWrite(edge, {
    name: 'save-mapping-profile',
    method: 'PUT',
    route: 'api/mapping-profiles/{company}/{name}',
    action: 'inv.import',
    params: profilePlace,
    body: profileBody,
    answer: profileAnswer,
    run: ({ params, body, caller, scope, now }) =>
      saveProfile(stores.settings, scope, params, body, { by: caller.id ?? 'nobody', now }),
  });
  onWrite(edge, {
    name: 'preview-mapping-profile',
    method: 'POST',
    route: 'api/mapping-profiles/{company}/{name}/preview',
    action: 'inv.import',
    isLook: true,
    params: profilePlace,
    body: previewBody,
    answer: previewAnswer,
    run: async ({ params, body: { importId, profile, ...said }, scope, now, sees }) => {
      const source = await sourceForPreview(stores, scope, { companyId: params.company, importId });
      if (!source.ok) return source;
      const asked = { ...params, unsaved: profile, reading: readingOf(said) };
      return seen(await previewProfile(stores, scope, asked, source.value, now), params, { scope, sees });
    },
  });
  onUpload(edge, {
    name: 'preview-mapping-profile-file',
    method: 'POST',
    route: 'api/mapping-profiles/{company}/{name}/preview-file',
    action: 'inv.import',
    isLook: true,
    params: profilePlace,
    query: previewQuery,
    mostBytes: blockBytes,
    answer: previewAnswer,
    run: async ({ params, query: { format, ...said }, bytes, scope, now, sees }) => {
      if (!isInScope(scope, params.company)) return refuse('not-found', 'There is no such company.');
      const asked = { ...params, reading: readingOf(said) };
      const shown = await previewProfile(stores, scope, asked, { bytes, format }, now);
      return seen(shown, params, { scope, sees });
    },
  });
};

/** What is declared; the rest stays absent. */
const readingOf = (said: {
  [Name in 'locale' | 'encoding' | 'delimiter']?: NonNullable<ImportDocument['reading']>[Name] | undefined;
}): NonNullable<ImportDocument['reading']> =>
  Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
