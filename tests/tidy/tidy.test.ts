/**
 * The house rules, held against every file of this repository.
 * From: `repository.ts` and the rules. Next: `npm run check` and `npm test` show each finding as
 * `path:line: what is wrong and what to do instead`. The tests beside the rules show each of them red.
 */
import { expect, it } from 'vitest';
import { generatedFiles } from '../../scripts/generate/generated-files.ts';
import { repositoryFiles, type Rule } from './repository.ts';
import { bannedCalls, heldBackTests } from './rules/banned-calls.ts';
import { headComments, unfinishedWords } from './rules/code-words.ts';
import { deadFiles } from './rules/dead-files.ts';
import { documentsNameFiles, documentsNameScripts } from './rules/documents.ts';
import { generatedCurrent } from './rules/generated.ts';
import { importTable, importsResolve } from './rules/imports.ts';
import { machineTraces } from './rules/machine-traces.ts';
import { exactVersions, lockFilePortable, ownersPackagesUsed, packagesListed } from './rules/packages.ts';
import { surfacesRegistered } from './rules/pieces.ts';
import { fileSizes, functionSizes } from './rules/sizes.ts';

const rules: [string, Rule][] = [
  ['each side imports only what the architecture lets it', importTable],
  ['relative imports end in .ts and lead to a file', importsResolve],
  ['no file is dead', deadFiles],
  ['files are short', fileSizes],
  ['functions are short', functionSizes],
  ['clock, randomness, timers, network, environment and console stay at the edges', bannedCalls],
  ['every test runs, every time', heldBackTests],
  ['nothing is left unfinished or switched off', unfinishedWords],
  ['every file begins by saying what it is', headComments],
  ['no file names a machine or a registry', machineTraces],
  ['documents name files that exist', documentsNameFiles],
  ['documents name npm scripts that exist', documentsNameScripts],
  ['versions are exact', exactVersions],
  ["the owner's ten packages are there and used", ownersPackagesUsed],
  ['packages that code imports are listed', packagesListed],
  ['the lock file names no registry', lockFilePortable],
  ['every hosted surface is registered by its piece', surfacesRegistered],
  ['generated files are current', generatedCurrent(generatedFiles)],
];

it('the rules look at this repository', () => {
  const paths = repositoryFiles().map(({ path }) => path);
  expect(paths).toEqual(
    expect.arrayContaining(['package.json', 'functions/main.ts', 'infra/bicep/main.bicep']),
  );
});

it.each(rules)(
  '%s',
  (_name, rule) => {
    expect(rule(repositoryFiles())).toEqual([]);
  },
  60_000,
);
