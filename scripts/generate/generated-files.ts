/**
 * Every file that a command writes from the topology, and how to write it.
 * From: the pages and lists beside it. Next: the two `make-` scripts write them; a tidy test shows
 * which are not current.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { topology } from '../../shared/contracts/topology.ts';
import { grantsText } from './grants.ts';
import { policiesPage } from './policies-page.ts';
import { promisesPage } from './promises-page.ts';
import { textsJson } from './text-sources.ts';
import { textsPage } from './texts-page.ts';
import { topologyPage } from './topology-page.ts';

export type GeneratedFile = {
  /** From the root of the repository. */
  path: string;
  text: () => string;
  /** What a person runs to bring it up to date. */
  command: string;
};

export const topologyReference: GeneratedFile = {
  path: 'docs/reference/topology.md',
  text: () => topologyPage(topology),
  command: 'npx node scripts/make-reference.ts',
};

export const policiesReference: GeneratedFile = {
  path: 'docs/reference/policies.md',
  text: () => policiesPage(),
  command: 'npx node scripts/make-reference.ts',
};

export const bicepGrants: GeneratedFile = {
  path: 'infra/bicep/generated/grants.json',
  text: () => grantsText(topology),
  command: 'npx node scripts/make-grants.ts',
};

export const textsReference: GeneratedFile = {
  path: 'docs/reference/texts.md',
  text: () => textsPage(),
  command: 'npx node scripts/make-reference.ts',
};

export const textSources: GeneratedFile = {
  path: 'shared/formats/texts/texts.json',
  text: () => textsJson(),
  command: 'npx node scripts/make-texts.ts',
};

export const promisesReference: GeneratedFile = {
  path: 'docs/reference/promises.md',
  text: () => promisesPage(),
  command: 'npx node scripts/make-reference.ts',
};

export const generatedFiles: readonly GeneratedFile[] = [
  topologyReference,
  policiesReference,
  bicepGrants,
  textSources,
  textsReference,
  promisesReference,
];

/** Writes the file and says so. */
export const writeGenerated = ({ path, text }: GeneratedFile): void => {
  const file = join(import.meta.dirname, '..', '..', path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text());
  console.log(`${path} written`);
};
