/** Shows the rules about packages and pieces red and green. From: examples below. Next: `tidy.test.ts`. */
import { describe, expect, it } from 'vitest';
import {
  exactVersions,
  lockFilePortable,
  ownersPackages,
  ownersPackagesUsed,
  packagesListed,
} from './packages.ts';
import { surfacesRegistered } from './pieces.ts';

const manifest = (dependencies: Record<string, string>, devDependencies: Record<string, string> = {}) => ({
  path: 'package.json',
  text: JSON.stringify({ dependencies, devDependencies }),
});
const ten = Object.fromEntries(Object.keys(ownersPackages).map((name) => [name, '1.0.0']));

describe('versions', () => {
  it.each(['^1.2.3', '~1.2.3', '1.x', 'latest', '>=1', 'github:someone/something'])(
    '%s is not exact',
    (version) => {
      expect(exactVersions([manifest({ zod: version })])).toHaveLength(1);
    },
  );

  it.each(['1.2.3', '1.2.3-beta.4'])('%s is exact', (version) => {
    expect(exactVersions([manifest({ zod: version })])).toEqual([]);
  });
});

describe("the owner's ten packages", () => {
  it('are ten', () => {
    expect(Object.keys(ownersPackages)).toHaveLength(10);
  });

  it.each(Object.keys(ownersPackages))('%s may not be missing', (name) => {
    const { [name]: _gone, ...others } = ten;
    expect(ownersPackagesUsed([manifest(others)])).toEqual([
      `package.json: ${name} is missing; the owner asks for it`,
    ]);
  });

  it('may wait until their piece is there', () => {
    expect(ownersPackagesUsed([manifest(ten)])).toEqual([]);
  });

  it.each(Object.entries(ownersPackages))('%s is used once %s is there', (name, folder) => {
    const path = folder.endsWith('/') ? `${folder}one.ts` : folder;
    const unused = { path, text: '' };
    expect(ownersPackagesUsed([manifest(ten), unused])).toContain(
      `package.json: ${name} is not used although ${folder} is there`,
    );
    const used = { path, text: `import { x } from '${name}';` };
    expect(ownersPackagesUsed([manifest(ten), used]).join()).not.toContain(`: ${name} is`);
  });

  it('may be used as a program', () => {
    const started = {
      path: 'tests/local/blob/under-test.ts',
      text: "run('node_modules/azurite/dist/main.js');",
    };
    expect(ownersPackagesUsed([manifest(ten), started]).join()).not.toContain('azurite');
    const part = { path: 'tests/local/blob/under-test.ts', text: 'resolve(`azurite/dist/${name}.js`);' };
    expect(ownersPackagesUsed([manifest(ten), part]).join()).not.toContain('azurite');
  });
});

describe('imported packages', () => {
  const importing = (path: string, name: string) => ({ path, text: `import { x } from '${name}';` });

  it('must be listed', () => {
    expect(packagesListed([manifest({}), importing('shared/azure/a.ts', 'jose')])).toHaveLength(1);
  });

  it('must be more than a tool where they are deployed', () => {
    const listed = manifest({}, { rhea: '1.0.0' });
    expect(packagesListed([listed, importing('shared/azure/a.ts', 'rhea')])).toHaveLength(1);
    expect(packagesListed([listed, importing('local/service-bus/a.ts', 'rhea')])).toEqual([]);
  });

  it('are known by their name, whatever is taken from them', () => {
    const listed = manifest({ '@azure/cosmos': '1.0.0' });
    expect(packagesListed([listed, importing('shared/azure/a.ts', '@azure/cosmos/rest')])).toEqual([]);
    expect(packagesListed([listed, importing('shared/azure/a.ts', 'node:crypto')])).toEqual([]);
  });
});

it('a lock file with addresses of a registry is a finding', () => {
  const lock = (text: string) => [{ path: 'package-lock.json', text }];
  expect(lockFilePortable(lock('"resolved": "https://packages.example.org/zod.tgz"'))).toHaveLength(1);
  expect(lockFilePortable(lock('"integrity": "sha512-x"'))).toEqual([]);
});

describe('a hosted surface', () => {
  const topology = { path: 'infra/topology.json', text: '{"apps":{"work":{"surfaces":["ledger.work"]}}}' };
  const triggers = (text: string) => ({ path: 'functions/ledger/triggers.ts', text });

  it('needs the triggers of its piece', () => {
    expect(surfacesRegistered([topology])).toEqual([expect.stringContaining('is not there although')]);
  });

  it('needs its registration among their exports', () => {
    const other = triggers('export const registerStaffHttp = 1; const registerLedgerWork = 2;');
    expect(surfacesRegistered([topology, other])).toEqual([
      expect.stringContaining('exports no registerLedgerWork'),
    ]);
  });

  it('is of a kind the host knows', () => {
    const odd = { path: 'infra/topology.json', text: '{"apps":{"work":{"surfaces":["ledger.batch"]}}}' };
    expect(surfacesRegistered([odd])).toEqual([expect.stringContaining('a surface is one of')]);
  });

  it.each(['export const registerLedgerWork = () => {};', 'export function registerLedgerWork() {}'])(
    'has it: %s',
    (text) => {
      expect(surfacesRegistered([topology, triggers(text)])).toEqual([]);
    },
  );
});
